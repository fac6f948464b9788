// Opens every page of a site in Chromium and prints what is wrong as JSON: `node check.mjs SITE CHROMIUM`, where SITE is a folder.
// The modules axe-core and playwright-core are looked for in the folder of the environment variable PAGE_CHECKS.
import { createRequire } from "node:module";
import { readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";

const [site, browserPath] = process.argv.slice(2);
const require = createRequire(join(process.env.PAGE_CHECKS, "package.json"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const pages = readdirSync(site, { recursive: true }).filter((name) => name.endsWith(".html")).sort();
const wrong = [];
const say = (page, what) => wrong.push({ page: relative(site, page), what });
const browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox"] });

async function open(options, page, work) {
  const context = await browser.newContext(options);
  const tab = await context.newPage();
  tab.on("console", (message) => message.type() === "error" && say(page, "console: " + message.text()));
  tab.on("pageerror", (error) => say(page, "error: " + error.message));
  tab.on("request", (request) => !/^(file|data):/.test(request.url()) && say(page, "request: " + request.url()));
  try {
    await tab.goto(pathToFileURL(page).href);
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
    await tab.locator("#words").fill("xyzzy");
    await tab.waitForFunction('document.getElementById("how-many").textContent.length > 3', null, { timeout: 20000 })
      .catch(() => say(page, "nothing is said when nothing is found"));
  });
}
await browser.close();
console.log(JSON.stringify({ pages: pages.length, wrong }));
