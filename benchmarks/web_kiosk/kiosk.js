// The shelf and the check-in form as a page: a grid of the cells that fit the screen, moved and filled again.
"use strict";

const ROW = 290, COLUMNS = 4, ACROSS = 298;
const told = new URLSearchParams(location.search);
const tell = (what) => navigator.sendBeacon(`http://127.0.0.1:${told.get("port")}/`, JSON.stringify(what));
const frame = () => new Promise(requestAnimationFrame);

function show(name) {
  for (const main of document.querySelectorAll("main")) main.classList.toggle("shown", main.id === name);
  if (name === "goods") shelf();
}
for (const button of document.querySelectorAll("#welcome button")) button.onclick = () => show("home");
for (const button of document.querySelectorAll("[data-to]")) button.onclick = () => show(button.dataset.to);
document.getElementById("done").onclick = () => show("welcome");

const cells = [];
function shelf() {
  const view = document.getElementById("view"), sheet = document.getElementById("sheet");
  sheet.style.height = `${Math.ceil(THINGS.length / COLUMNS) * ROW}px`;
  const rows = Math.ceil(view.clientHeight / ROW) + 2;
  while (cells.length < rows * COLUMNS) {
    const cell = document.createElement("div");
    cell.className = "cell";
    cell.append(document.createElement("img"), document.createElement("p"));
    cell.firstChild.decoding = "async";
    sheet.append(cell);
    cells.push(cell);
  }
  view.onscroll = () => fill(view.scrollTop);
  fill(view.scrollTop);
}

function fill(top) {
  const first = Math.floor(top / ROW) * COLUMNS;
  for (let at = first; at < first + cells.length; at++) {
    const cell = cells[at % cells.length], thing = THINGS[at];
    if (cell.at === at) continue;
    cell.at = at;
    cell.hidden = !thing;
    if (!thing) continue;
    cell.style.transform = `translate(${(at % COLUMNS) * ACROSS}px, ${Math.floor(at / COLUMNS) * ROW}px)`;
    cell.firstChild.src = thing[0];
    cell.lastChild.textContent = thing[1];
  }
}

// The same fling as in benchmarks/probe.py.
async function fling() {
  const [speed, fades, lasts] = told.get("fling").split(",").map(Number);
  show("goods");
  const view = document.getElementById("view");
  await new Promise((done) => setTimeout(done, 2000));
  tell({ begun: true });
  const begun = performance.now();
  let drawn = 0, blanks = 0, passed = 0;
  while ((passed = (performance.now() - begun) / 1000) < lasts) {
    view.scrollTop = speed * fades * (1 - Math.exp(-passed / fades));
    fill(view.scrollTop);
    await frame();
    drawn++;
    for (const cell of cells) blanks += !cell.hidden && !cell.firstChild.complete;
  }
  tell({ drawn, blanks });
}

async function browse() {
  for (const name of ["home", "check_in", "goods"]) {
    show(name);
    await new Promise((done) => setTimeout(done, 700));
  }
  tell({ browses: true });
  const view = document.getElementById("view");
  for (let page = 0; page < 120; page++) {
    view.scrollTop = page / 120 * view.scrollHeight;
    await new Promise((done) => setTimeout(done, 150));
  }
  tell({ browsed: true });
}

addEventListener("load", async () => {
  await frame();
  await frame();
  tell({ drawn: true });
  if (told.has("fling")) fling();
  if (told.has("browse")) setTimeout(browse, 4000);
});
