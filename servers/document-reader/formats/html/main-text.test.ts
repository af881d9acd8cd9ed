import { describe, expect, it } from "vitest";
import { documentText } from "../../../../schemas/index.ts";
import { goldPages } from "../../bench/pages/index.ts";
import { tokenF1 } from "../../bench/pages/score.ts";
import { parseHtml } from "../html.ts";

const PROSE = `<p>${"Sacubitril inhibits neprilysin, and valsartan blocks the angiotensin receptor. ".repeat(8)}</p>`;

const text = (body: string, head = "") => {
  const { sections } = parseHtml(`<!doctype html><html><head>${head}</head><body>${body}</body></html>`);
  return sections.map(({ label, text }) => `${label}\n${text}`).join("\n");
};

describe("the main text of pages in the forms that the web has", () => {
  it.each(goldPages(11).map((page) => [`${page.form} ${page.variant}`, page] as const))("%s", (_, { html, gold }) => {
    const { title = "", sections } = parseHtml(html);
    expect(tokenF1(documentText({ title, sections }), gold).f1).toBeGreaterThan(0.8);
  });
});

describe("what is taken out", () => {
  it.each([
    [
      `<div class="cookie-consent"><h2>Choose</h2><p>${"Our partners store information. ".repeat(90)}</p></div>`,
      "partners",
    ],
    [`<div role="dialog" aria-modal="true"><p>${"Log in to read on. ".repeat(90)}</p></div>`, "Log in"],
    [`<div><h3>You may also like</h3><p>A story of another page</p></div>`, "another page"],
    [`<section id="comments">${"<p>First! I do not believe a word of it.</p>".repeat(40)}</section>`, "First"],
    [`<ul>${`<li><a href="/x">Elsewhere on the site</a></li>`.repeat(9)}</ul>`, "Elsewhere"],
  ])("%#: what is not the page's own text", (box, words) => {
    const read = text(`<h1>Title</h1>${PROSE}${PROSE}${box}`);
    expect(read).toContain("neprilysin");
    expect(read).not.toContain(words);
  });

  it.each([
    [
      "a page that is called so as a whole",
      `<div class="popup-content comments-open">${PROSE}${PROSE}</div>`,
      "neprilysin",
    ],
    [
      "key points beside the text",
      `<h1>T</h1>${PROSE}<div class="key-points"><p>Never with aliskiren.</p></div>${PROSE}`,
      "aliskiren",
    ],
    [
      "an index of links",
      `<h1>Topics</h1><ul>${`<li><a href="/x">Heart failure</a></li>`.repeat(20)}</ul>`,
      "Heart failure",
    ],
    [
      "a table in a side box",
      `<h1>T</h1>${PROSE}<div class="sidebar"><table><tr><td>Dose</td><td>97 mg</td></tr></table></div>${PROSE}`,
      "Dose | 97 mg",
    ],
    [
      "all posts of a thread",
      [1, 2, 3, 4].map((n) => `<div class="post"><div class="content">Post ${n}: ${PROSE}</div></div>`).join(""),
      "Post 4",
    ],
  ])("is not %s", (_, body, words) => expect(text(body)).toContain(words));

  it("is not what a click opens", () => {
    const panel = `<h3><button aria-controls="a">Is it safe?</button></h3><div id="a" aria-hidden="true" style="display: none"><p>Yes, with care.</p></div>`;
    expect(text(`<h1>Questions</h1>${PROSE}${panel}`)).toContain("Is it safe?\nYes, with care.");
  });
});

const script = (data: unknown) => `<script type="application/ld+json">${JSON.stringify(data)}</script>`;

describe("text that a page draws by script", () => {
  const article = {
    "@type": "NewsArticle",
    headline: "On sotalol",
    articleBody: "It prolongs QT. ".repeat(20),
    datePublished: "2024-05-06T07:00:00Z",
    author: { name: "A. Ham" },
  };

  it("is taken from the page's linked data, with its title, date and authors", () => {
    const head = script({ "@graph": [{ "@type": "WebSite", name: "S" }, article] });
    const parsed = parseHtml(`<html><head>${head}</head><body><div id="root">Loading</div></body></html>`);
    expect(parsed).toMatchObject({ title: "On sotalol", published: "2024-05-06", authors: ["A. Ham"] });
    expect(parsed.sections[0]!.text).toContain("It prolongs QT.");
  });

  it("yields to what the page shows, and does no harm where it is broken", () => {
    expect(text(`<h1>T</h1>${PROSE}`, script(article))).not.toContain("prolongs");
    expect(text(`<h1>T</h1>${PROSE}`, `<script type="application/ld+json">{"@type": "Article", </script>`)).toContain(
      "neprilysin",
    );
  });
});
