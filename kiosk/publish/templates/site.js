/* Search and filters of the public page. Everything else works without this script. */
(function () {
  "use strict";
  const form = document.getElementById("search");
  if (!form) return;
  const FIRST = 24;
  const body = document.body, byId = (id) => document.getElementById(id);
  const all = byId("all"), found = byId("found"), results = byId("results"), more = byId("more"), many = byId("how-many");
  const words = byId("words"), category = byId("category"), onlyNew = byId("only-new");
  const ages = [...form.querySelectorAll("[name=age]")];
  const startCategory = category.value;
  let things = null, shown = FIRST;

  /* Accents and capitals do not matter: "poyta" finds "pöytä". */
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  /* The words of the names of categories, by category: a longer one finds all of it. "Other things" names nothing. */
  const named = new Map([...category.options].map((one) => [one.value, plain(one.textContent).split(/\s+/)]));
  named.delete("other");

  /* A script and not a fetch, which browsers refuse to a page opened from a folder. */
  function load() {
    if (things !== null) return;
    things = [];
    const script = document.createElement("script");
    script.src = body.dataset.things;
    script.onload = () => {
      const data = window.kioskThings;
      const texts = data.words.map((text, at) => plain(data.names[at] + " " + text).split(/\s+/));
      things = data.things.map((row) => ({
        id: row[0], category: row[1], page: row[2], age: row[3], isNew: row[4] % 2 === 1, reserved: row[4] > 1,
        name: data.names[row[5]], words: texts[row[5]], photo: row[6], own: plain(row[7]),
      }));
      search();
    };
    document.head.append(script);
  }

  function fits(thing, asked, wanted) {
    return (!category.value || thing.category === category.value) &&
      (!onlyNew.checked || thing.isNew) &&
      (!wanted.length || wanted.includes(thing.age)) &&
      asked.every((word) => thing.own.includes(word) ||
        (word.length > 3 && (named.get(thing.category) || []).some((one) => one.startsWith(word))) ||
        thing.words.some((one) => word.length > 2 ? one.includes(word) : one.startsWith(word)));
  }

  function search() {
    const asked = plain(words.value).split(/\s+/).filter(Boolean);
    const wanted = ages.filter((box) => box.checked).map((box) => box.value);
    const begun = asked.length || wanted.length || onlyNew.checked || category.value !== startCategory;
    all.hidden = Boolean(begun);
    found.hidden = !begun;
    if (!begun || !things) return;
    const fitting = things.filter((thing) => fits(thing, asked, wanted));
    results.replaceChildren(...fitting.slice(0, shown).map(card));
    more.hidden = fitting.length <= shown;
    many.textContent = fitting.length ? found.dataset.many.replace("{count}", fitting.length) : found.dataset.nothing;
  }

  function element(name, text, kind) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (kind) made.className = kind;
    return made;
  }

  function card(thing) {
    const item = element("li", "", "card"), link = element("a"), photo = element("div", "", "photo");
    const image = element("img", "", thing.photo ? "" : "plain");
    image.src = body.dataset.root + (thing.photo ? "pictures/" + thing.photo : found.dataset.none) + ".webp";
    image.alt = "";
    image.width = 320;
    image.height = 240;
    image.loading = "lazy";
    photo.append(image);
    link.href = body.dataset.here + thing.category + (thing.page > 1 ? "-" + thing.page : "") + ".html#t-" + thing.id;
    link.textContent = thing.name;
    const title = element("h2");
    title.append(link);
    item.append(photo, title);
    const marks = element("p", "", "marks");
    if (thing.isNew) marks.append(element("b", found.dataset.new, "new"));
    if (thing.reserved) marks.append(element("b", found.dataset.reserved, "reserved"));
    if (marks.childNodes.length) item.append(marks);
    return item;
  }

  form.hidden = false;
  form.addEventListener("focusin", load);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => { shown = FIRST; load(); search(); });
  more.addEventListener("click", () => { shown += FIRST; search(); });
})();
