// Opens every page of a site in Chromium and prints what is wrong as JSON: `node check.mjs SITE CHROMIUM`, where SITE is a folder.
// The modules axe-core and playwright-core are looked for in the folder of the environment variable PAGE_CHECKS.
import { createRequire } from "node:module";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const [site, browserPath] = process.argv.slice(2);
const require = createRequire(join(process.env.PAGE_CHECKS, "package.json"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

// What a person who reads with more space asks for (WCAG 1.4.12), by the names of CSS.
const SPACED = { "line-height": "1.5", "letter-spacing": "0.12em", "word-spacing": "0.16em" };
// A page before its pictures: at most so many requests and bytes.
const REQUESTS = 3, BYTES = 150_000;
const pages = readdirSync(site, { recursive: true }).filter((name) => name.endsWith(".html")).sort();
const wrong = [];
const say = (page, what) => wrong.push({ page: relative(site, page), what });
const browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox"] });

async function open(options, page, work) {
  const context = await browser.newContext(options);
  const tab = await context.newPage();
  tab.on("console", (message) => message.type() === "error" && say(page, "console: " + message.text()));
  tab.on("pageerror", (error) => say(page, "error: " + error.message));
  const asked = [];
  tab.on("request", (request) => {
    if (!/^(file|data):/.test(request.url())) say(page, "request: " + request.url());
    if (request.resourceType() !== "image") asked.push(fileURLToPath(request.url().split("#")[0]));
  });
  try {
    await tab.goto(pathToFileURL(page).href);
    const bytes = asked.reduce((sum, path) => sum + statSync(path).size, 0);
    if (asked.length > REQUESTS || bytes > BYTES) say(page, `${asked.length} requests of ${bytes} bytes before the pictures`);
    await work(tab);
  } catch (error) {
    say(page, error.message.split("\n")[0]);
  }
  await context.close();
}

for (const name of pages) {
  const page = join(site, name);
  for (const [colorScheme, runOnly] of [["light", RULES], ["dark", ["color-contrast"]]]) {
    await open({ colorScheme, viewport: { width: 1280, height: 900 } }, page, async (tab) => {
      const { violations } = await tab.evaluate(`${axe}; axe.run({ preload: false, runOnly: ${JSON.stringify(runOnly)} })`);
      for (const found of violations) say(page, `${colorScheme} ${found.id}: ${found.nodes.slice(0, 3).map((node) => node.html).join(" ")}`);
    });
  }
  // 320 CSS pixels are a window of 1280 at 400 %.
  await open({ viewport: { width: 320, height: 640 } }, page, async (tab) => {
    const wide = await tab.evaluate("document.documentElement.scrollWidth");
    if (wide > 320) say(page, `scrolls sideways at 320: ${wide}`);
    const small = await tab.evaluate(`[...document.querySelectorAll("a, button, select, input")].filter((one) => {
      const box = one.getBoundingClientRect();
      return box.width && box.right > 0 && getComputedStyle(one).display !== "inline" && (box.width < 24 || box.height < 24) && one.type !== "checkbox";
    }).map((one) => one.outerHTML)`);
    for (const one of small) say(page, "target under 24: " + one);
    const cut = await tab.evaluate(`(() => {
      for (const [name, value] of Object.entries(${JSON.stringify(SPACED)})) document.body.style.setProperty(name, value);
      const over = [...document.querySelectorAll("h1, h2, h3, p, li, td, th, span, b")].filter((one) =>
        !one.matches(".aside") && one.clientWidth && one.scrollWidth > one.clientWidth + 1);
      return [document.documentElement.scrollWidth > 320 ? "the page" : "", ...over.map((one) => one.outerHTML.slice(0, 120))].filter(Boolean);
    })()`);
    for (const one of cut) say(page, "cut off with more space between letters: " + one);
  });
  // A phone: two things beside each other, and the content begins in the upper half.
  await open({ viewport: { width: 390, height: 844 }, isMobile: true }, page, async (tab) => {
    const [first, second] = await tab.locator(".card").evaluateAll((all) => all.slice(0, 2).map((one) => one.getBoundingClientRect().top));
    if (second !== undefined && first !== second) say(page, "one thing a row on a phone");
    const below = await tab.locator("main").evaluate((one) => one.getBoundingClientRect().top);
    if (below > 300) say(page, `the content begins at ${below} on a phone`);
  });
  // A sheet of A4 is 794 CSS pixels wide, and its ground is white in the dark too.
  await open({ colorScheme: "dark", viewport: { width: 794, height: 1123 } }, page, async (tab) => {
    await tab.emulateMedia({ media: "print", colorScheme: "dark" });
    const { violations } = await tab.evaluate(`${axe}; axe.run({ preload: false, runOnly: ["color-contrast"] })`);
    for (const found of violations) say(page, `print ${found.id}: ${found.nodes.slice(0, 3).map((node) => node.html).join(" ")}`);
    const wide = await tab.evaluate("document.documentElement.scrollWidth");
    if (wide > 794) say(page, `wider than a sheet: ${wide}`);
    if (await tab.locator("nav, .search").filter({ visible: true }).count()) say(page, "what is only for touching is printed");
  });
  await open({ javaScriptEnabled: false, viewport: { width: 400, height: 800 } }, page, async (tab) => {
    if (await tab.locator("#search").isVisible().catch(() => false)) say(page, "a search that cannot work is shown");
    if (!(await tab.locator("h1").isVisible())) say(page, "no heading without JavaScript");
  });
}

// Every stop of the Tab key in one language: each is reached, seen and marked.
const [language] = pages.filter((name) => name.includes("/"))[0].split("/");
for (const name of pages.filter((name) => name.startsWith(language + "/"))) {
  const page = join(site, name);
  await open({ viewport: { width: 1280, height: 900 } }, page, async (tab) => {
    const stops = await tab.evaluate(`(window.left = new Set([...document.querySelectorAll("a[href], button, input, select")]
      .filter((one) => one.checkVisibility()))).size`);
    for (let stop = 0; stop < stops; stop++) {
      await tab.keyboard.press("Tab");
      const hidden = await tab.evaluate(`(() => {
        const one = document.activeElement, box = one.getBoundingClientRect(), style = getComputedStyle(one);
        window.left.delete(one);
        const seen = box.width && box.top >= 0 && box.bottom <= innerHeight + 1 && box.left >= 0;
        return seen && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 ? "" : one.outerHTML.slice(0, 120);
      })()`);
      if (hidden) say(page, "focus that cannot be seen: " + hidden);
    }
    for (const one of await tab.evaluate("[...window.left].map((one) => one.outerHTML.slice(0, 120))")) say(page, "no stop of the keyboard: " + one);
  });
}

const things = pages.filter((name) => name.endsWith("things.html"));
for (const name of things) {
  const page = join(site, name);
  await open({ viewport: { width: 1280, height: 900 } }, page, async (tab) => {
    await tab.keyboard.press("Tab");
    if (!(await tab.evaluate('document.activeElement.matches(".skip")'))) say(page, "the first stop is not the link to the content");
    await tab.keyboard.press("Enter");
    if (!(await tab.evaluate('document.activeElement.id === "content"'))) say(page, "the link to the content does not move the focus");
    await tab.locator("#words").focus();
    await tab.keyboard.type("tuoli");
    await tab.waitForFunction('document.querySelectorAll("#results li").length > 0', null, { timeout: 20000 })
      .catch(() => say(page, "the search finds no chair"));
    const { violations } = await tab.evaluate(`${axe}; axe.run({ preload: false, runOnly: ${JSON.stringify(RULES)} })`);
    for (const found of violations) say(page, `found ${found.id}: ${found.nodes[0].html}`);
    const target = await tab.locator("#results a").first().getAttribute("href");
    await tab.locator("#results a").first().press("Enter");
    await tab.waitForURL((url) => url.href.endsWith(target), { waitUntil: "commit" });
    await tab.locator(":target").waitFor().catch(() => say(page, "a result does not lead to its card"));
    await tab.goto(pathToFileURL(page).href);
    await tab.locator("#words").fill(await tab.locator('#category option[value="clothes"]').textContent());
    await tab.waitForFunction('document.querySelectorAll("#results li").length > 0', null, { timeout: 20000 })
      .catch(() => say(page, "the name of a category finds nothing"));
    await tab.locator("#words").fill("xyzzy");
    await tab.waitForFunction('document.getElementById("how-many").textContent.length > 3', null, { timeout: 20000 })
      .catch(() => say(page, "nothing is said when nothing is found"));
  });
}
await browser.close();
console.log(JSON.stringify({ pages: pages.length, wrong }));
