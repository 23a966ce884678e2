"use strict";
/* Opens a page in a fresh browser: node open-page.js <url> <search text> <browser> [flag...]. Prints milliseconds as JSON. */
const { chromium } = require("playwright-core");

async function main([url, text, executablePath, ...args]) {
  const browser = await chromium.launch({ executablePath, args });
  const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
  const began = performance.now();
  await page.goto(url);
  await page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))");
  const openMs = performance.now() - began;
  const searchMs = await page.evaluate(`new Promise((done) => {
    const began = performance.now();
    const search = document.getElementById("q");
    search.value = ${JSON.stringify(text)};
    search.dispatchEvent(new Event("input"));
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
  })`);
  await browser.close();
  process.stdout.write(JSON.stringify({ openMs, searchMs }));
}

main(process.argv.slice(2));
