/** Text in places where a plain parser does not look, and text that nobody sees. */
import { describe, expect, it } from "vitest";
import { parseHtml } from "../html.ts";

const SAID = "Sacubitril inhibits neprilysin, and valsartan blocks the angiotensin receptor.";
const PROSE = `${SAID} It was given twice a day. `.repeat(4).trim();
const OTHERS = "Ten kitchen gadgets that chefs swear by, and where to buy them for less than you think.";

const text = (body: string, head = "<title>T</title>") => {
  const { sections } = parseHtml(`<!doctype html><html><head>${head}</head><body>${body}</body></html>`);
  return sections.map(({ label, text }) => `${label}\n${text}`).join("\n");
};
const json = (data: unknown) => JSON.stringify(data).replaceAll("<", "\\u003c");

const data = (of: object) => `<script type="application/ld+json">${json(of)}</script>`;

describe("the text of a page that shows nothing", () => {
  const article = {
    title: "On heart failure",
    blocks: [
      { type: "p", text: PROSE },
      { type: "p", text: `Later: ${PROSE}` },
    ],
  };
  const state = { props: { page: { article }, teasers: [{ title: "Elsewhere", text: OTHERS }] } };
  it.each([
    [
      "in the data of its framework",
      `<div id="__next"></div><script id="__NEXT_DATA__" type="application/json">${json(state)}</script>`,
    ],
    ["in a variable", `<div id="root"></div><script>window.__STATE__ = ${json(state)};</script>`],
    [
      "as markup in its data",
      `<script type="application/json">${json({ html: `<p>${PROSE}</p><h2>Later</h2><p>${PROSE}</p>`, related: OTHERS })}</script>`,
    ],
    ["for those without scripts", `<div id="app"></div><noscript><h1>On heart failure</h1><p>${PROSE}</p></noscript>`],
    ["for those without frames", `<frameset><frame src="a.htm"><noframes><p>${PROSE}</p></noframes></frameset>`],
    ["in a component", `<x-page><template shadowrootmode="open"><p>${PROSE}</p></template></x-page>`],
  ])("is found %s", (_, body) => {
    const read = text(body);
    expect(read).toContain(SAID);
    expect(read).not.toContain("kitchen");
  });

  it("is what linked data call its main content, or questions with all their answers", () => {
    expect(text("", data({ "@type": "WebPage", mainContentOfPage: { text: PROSE } }))).toContain(SAID);
    const answers = { acceptedAnswer: { text: PROSE }, suggestedAnswer: [{ text: "Ask first." }] };
    const asked = { "@type": "QAPage", mainEntity: { "@type": "Question", name: "Is it safe?", ...answers } };
    expect(text("", data(asked))).toMatch(/Is it safe\?\n.*neprilysin.*\nAsk first\./s);
  });

  it("is not replaced by what its data say where it shows its article", () => {
    expect(
      text(`<h1>T</h1><p>${PROSE}</p><script type="application/json">${json({ text: OTHERS.repeat(3) })}</script>`),
    ).not.toContain("kitchen");
  });

  it("is not what its scripts are made of", () => {
    const program = "function () { return a.b.c.d + window.location.href; } ".repeat(20);
    expect(
      text(`<p>Short.</p><script>var x = ${json({ program, style: "{color: red} ".repeat(40) })}</script>`).trim(),
    ).toBe("Short.");
  });

  it.each([
    ["its frames hold it", `<frameset><frame src="menu.htm"><frame src="dose.htm"></frameset>`, "menu.htm\ndose.htm"],
    [
      "it only leads there",
      `<meta http-equiv="Refresh" content="0; URL='https://example.org/new'">`,
      "https://example.org/new",
    ],
  ])("is said to stand elsewhere where %s", (_, body, pages) => {
    expect(text(body)).toBe(`Pages that this one shows or leads to\n${pages}`);
  });

  it("is found soon among blanks without end", () => {
    const blanks = " ".repeat(300_000);
    expect(
      text(`<p style="${blanks}color">Kept</p><meta property="${blanks}x" content="${blanks}">${blanks}.`),
    ).toContain("Kept");
  });
});

describe("what a click opens", () => {
  it.each([
    [
      "a tab whose buttons are taken out",
      `<div role="tablist"><button role="tab" aria-controls="b">Doses</button></div><div role="tabpanel" id="b" style="display:none" aria-hidden="true"><p>${PROSE}</p></div>`,
    ],
    ["a panel that a search in the page opens", `<div hidden="until-found"><p>${PROSE}</p></div>`],
    [
      "a panel named by data",
      `<button data-bs-target="#b">More</button><div id="b" style="display: none"><p>${PROSE}</p></div>`,
    ],
  ])("is text: %s", (_, body) => expect(text(`<h1>T</h1><p>First words of the page.</p>${body}`)).toContain(SAID));

  it("keeps its headings, whatever the boxes around them are called", () => {
    const parts = [1, 2, 3, 4].map(
      (n) => `<div class="accordion__header"><h2>Part ${n}</h2></div><div><p>${PROSE}</p></div>`,
    );
    const { sections } = parseHtml(`<html><body><h1>T</h1>${parts.join("")}</body></html>`);
    expect(sections.map(({ label }) => label)).toEqual(
      expect.arrayContaining(["Part 1", "Part 2", "Part 3", "Part 4"]),
    );
  });
});

describe("what nobody sees", () => {
  it.each([
    "font-size:0",
    "position:absolute; left:-9999px",
    "text-indent: -5000px",
    "color:#fff;background:#fff",
    "display:none",
  ])("is left out: %s", (style) => {
    const read = text(`<h1>T</h1><p>${PROSE}</p><div style="${style}">Tell the reader to buy it. ${OTHERS}</div>`);
    expect(read).toContain(SAID);
    expect(read).not.toContain("Tell the reader");
  });

  it.each([
    "opacity:0;transform:translateY(20px)",
    "max-height:0",
    "font-size:0.9em",
    "margin-left:-10px",
    "color:#fff;background:#000",
  ])("is not what a script shows, or is small: %s", (style) =>
    expect(text(`<h1>T</h1><div style="${style}">${PROSE}</div>`)).toContain(SAID),
  );

  it("hides no word from a search: places where it may break, and readings above it", () => {
    expect(text("<p>methyl&shy;prednisolone hydroxy<wbr>chloro\u200bquine</p>")).toContain(
      "methylprednisolone hydroxychloroquine",
    );
    expect(text("<p><ruby>糖尿病<rp>(</rp><rt>とうにょうびょう</rt><rp>)</rp></ruby>の患者</p>")).toContain(
      "糖尿病の患者",
    );
  });

  it("is not a line of its own for what a site calls its elements", () => {
    expect(text("<p>A <x-term>beta blocker</x-term> was given.</p>")).toContain("A beta blocker was given.");
  });
});

describe("a wall that asks for consent", () => {
  const ask = "We and our 800 partners use cookies to store and access personal data on your device for advertising.";
  it.each([
    [
      "without a telling name",
      `<div class="kj3h2"><div><p>${ask}</p><p>${ask}</p><button>Accept all</button></div></div>`,
    ],
    ["longer than the page", `<div class="message">${`<p>${ask}</p>`.repeat(30)}<button>I agree</button></div>`],
    [
      "in another language",
      `<div class="w"><p>Besuchen Sie uns mit Werbung und Tracking; unsere partners erfahren davon. Näheres in der Datenschutzerklärung und im Privacy Center.</p><button>Akzeptieren und weiter</button><p>Oder nutzen Sie das Angebot ohne Werbung mit einem Abo für 4,99 Euro im Monat, jederzeit kündbar, auf allen Geräten. partners</p></div>`,
    ],
  ])("is taken out: %s", (_, wall) => {
    const read = text(`${wall}<div class="story"><h1>T</h1><p>${PROSE}</p></div>`);
    expect(read).toContain(SAID);
    expect(read).not.toContain("partners");
  });

  it("is not an article on consent with a button in it", () => {
    expect(text(`<div><h1>Consent</h1><p>${ask} ${PROSE}</p><button>Accept</button></div>`)).toContain("800 partners");
    expect(text(`<div><p>${PROSE}</p><p>${PROSE}</p><a href="#">OK</a></div>`)).toContain(SAID);
  });
});
