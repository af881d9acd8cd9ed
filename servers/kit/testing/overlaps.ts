/** Texts of an SVG document that cover one another, or leave the page, as a real browser sets them. */
import type { Browser } from "playwright-core";

const MEASURE = `(() => {
  const svg = document.querySelector("svg");
  const page = svg.getBoundingClientRect();
  const boxes = [...svg.querySelectorAll("text")].flatMap((text) => {
    const lines = text.querySelectorAll("tspan").length > 0 ? [...text.querySelectorAll("tspan")] : [text];
    return lines.map((line) => ({ words: line.textContent, box: line.getBoundingClientRect() }));
  });
  const found = [];
  for (const [i, a] of boxes.entries()) {
    if (a.box.left < page.left || a.box.right > page.right || a.box.bottom > page.bottom) found.push(a.words + " leaves the page");
    for (const b of boxes.slice(i + 1)) {
      const wide = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
      const high = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
      // Boxes of letters are higher than the letters: lines that follow one another touch by a little.
      if (wide > 1 && high > 4) found.push(a.words + " covers " + b.words);
    }
  }
  return { texts: boxes.length, found, width: page.width };
})()`;

export async function overlapsIn(browser: Browser, svg: string): Promise<{ texts: number; found: string[] }> {
  const page = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
  await page.setContent(`<!doctype html><body style="margin:0">${svg}</body>`);
  const measured = await page.evaluate<{ texts: number; found: string[] }>(MEASURE);
  await page.close();
  return measured;
}
