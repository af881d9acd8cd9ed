import { describe, expect, it } from "vitest";
import { costMs } from "../testing/cost.ts";
import { parseHtml } from "./html.ts";

const text = (html: string) =>
  parseHtml(html)
    .sections.map(({ label, text }) => (label ? `# ${label}\n${text}` : text))
    .join("\n\n");

const page = (body: string, head = "") => `<!doctype html><html><head>${head}</head><body>${body}</body></html>`;

describe("web pages as text", () => {
  it("turns headings into sections and keeps lists in order", () => {
    const body = `<h1>Sotalol</h1><p>A beta-blocker.</p><h2>Warnings</h2>
      <ul><li>Torsade de pointes<ul><li>female sex</li></ul></li><li>Bradycardia</li></ul>
      <ol start="3"><li>Third</li><li>Fourth</li></ol><dl><dt>QTc</dt><dd>Corrected QT</dd></dl>`;
    expect(parseHtml(page(body))).toMatchObject({
      title: "Sotalol",
      sections: [
        { label: "", text: "A beta-blocker." },
        {
          label: "Warnings",
          text: "- Torsade de pointes\n  - female sex\n- Bradycardia\n\n3. Third\n4. Fourth\n\nQTc\nCorrected QT",
        },
      ],
    });
  });

  it.each([
    ["<p>kept"],
    ["<html><p>kept</p>"],
    ["<html lang=en><head><title>T</title></head><p>kept</p></html>"],
    ["<body><p>kept"],
    ["<!doctype html><title>T</title><p>kept"],
  ])("is found whatever tags are left out: %s", (html) => expect(text(html)).toBe("kept"));

  it("gives every row of a table on a line of its own, spanned cells repeated", () => {
    const table = `<table><caption>Renal dosing</caption><tr><th>CrCl</th><th>Interval</th></tr>
      <tr><td rowspan="2">30–60</td><td>24 h</td></tr><tr><td>36 h<br>if frail</td></tr>
      <tr><td>10–30</td><td><table><tr><td>inner a</td><td>inner b</td></tr></table></td></tr></table>`;
    expect(text(page(table))).toBe(
      "Renal dosing\nCrCl | Interval\n30–60 | 24 h\n30–60 | 36 h; if frail\n10–30 | inner a, inner b",
    );
  });

  it("walks tables that only lay out a page", () => {
    const layout = `<table><tr><td><p>Menu</p></td><td><h2>Dose</h2><p>80 mg</p></td></tr></table>`;
    expect(text(page(layout))).toBe("Menu\n\n# Dose\n80 mg");
  });

  it("never runs a raised number into the one before it", () => {
    const body =
      "<p>Platelets &lt; 50 × 10<sup>9</sup>/L, 10<sup>-3</sup>, 1.73 m<sup>2</sup>, H<sub>2</sub>O, Entresto<sup>®</sup></p>";
    expect(text(page(body))).toBe("Platelets < 50 × 10⁹/L, 10⁻³, 1.73 m², H2O, Entresto®");
    expect(text(page("<p>10<sup>1.5</sup> copies, weight<sup>a</sup></p>"))).toBe("10^1.5 copies, weight^a");
    const cells = "<tr><td>Titre</td><td>10<sup>1.5</sup></td></tr>";
    expect(text(page(`<table><tr><th>Test</th><th>Value</th></tr>${cells}</table>`))).toContain("10^1.5");
  });

  it("drops what a reader does not see", () => {
    const body = `<nav>Home</nav><p>Seen &amp; kept&#8211;&eacute;.</p><script>alert("x")</script><style>p{}</style>
      <p hidden>one</p><p style="display: none">two</p><p aria-hidden="true">three</p><template>four</template>
      <noscript>five</noscript><footer>six</footer><h2>Uses<span class="mw-editsection">[edit]</span></h2><p>Pain.</p>`;
    expect(text(page(body))).toBe("Seen & kept–é.\n\n# Uses\nPain.");
  });

  it("keeps tables that an article finder would throw away", () => {
    const prose = `<p>${"Sacubitril inhibits neprilysin, and valsartan blocks the angiotensin receptor. ".repeat(12)}</p>`;
    const aside = `<div class="sidebar related"><table><tr><td>Dose</td><td>97 mg</td></tr></table></div>`;
    expect(text(page(`<article>${prose.repeat(3)}</article>${aside.repeat(1)}`))).toContain("neprilysin");
    expect(text(page(`<main><div>${prose.repeat(3)}</div>${aside}</main>`))).toContain("Dose | 97 mg");
  });

  it("leaves the furniture around an article out", () => {
    const prose = `<p>${"Sacubitril inhibits neprilysin, and valsartan blocks the angiotensin receptor. ".repeat(12)}</p>`;
    const links = `<div class="sidebar"><ul>${`<li><a href="/x">Most read</a></li>`.repeat(8)}</ul></div>`;
    const read = text(page(`<div id="content">${prose.repeat(4)}</div>${links}`));
    expect(read).toContain("neprilysin");
    expect(read).not.toContain("Most read");
  });

  it("reads what publishers say of a paper", () => {
    const head = `<title>Trial of X | Journal</title><meta name="citation_title" content="A trial of X">
      <meta name="citation_doi" content="doi:10.1234/x.5"><meta name="citation_pmid" content="123">
      <meta name="citation_publication_date" content="2023/4/9"><meta name="citation_author" content="A. Ham">
      <meta name="citation_author" content="B. Egg"><meta name="citation_journal_title" content="J X">`;
    expect(parseHtml(page("<p>Text.</p>", head))).toMatchObject({
      title: "A trial of X",
      published: "2023-04-09",
      authors: ["A. Ham", "B. Egg"],
      journal: "J X",
      identifiers: { doi: "10.1234/x.5", pmid: "123" },
    });
  });

  it("does without title, html and end tags", () => {
    expect(parseHtml("just <b>a</b> fragment <p>and more")).toEqual({
      sections: [{ label: "", text: "just a fragment\n\nand more" }],
    });
    expect(parseHtml(page("<h2>Only a heading</h2><p>x")).title).toBe("Only a heading");
    expect(parseHtml("").sections).toEqual([]);
  });

  it("takes five megabytes in a few seconds", () => {
    const part = `<h3>Part</h3><p>${"Valsartan blocks the receptor. ".repeat(16)}</p>`;
    const html = page(part.repeat(9500));
    const cost = costMs(() => expect(parseHtml(html).sections).toHaveLength(9500));
    expect(cost).toBeLessThan(10_000);
  });

  it("survives nesting that would exhaust the stack", () => {
    expect(text(page(`${"<div>".repeat(15_000)}deep${"</div>".repeat(15_000)}`))).toBe("deep");
    const deeper = parseHtml(page(`${"<b>".repeat(50_000)}deeper<script>x<y</script>`));
    expect(deeper).toEqual({ sections: [{ label: "", text: "deeper" }], incomplete: expect.stringContaining("deep") });
  });
});
