import fc from "fast-check";
import { SaxesParser } from "saxes";
import { describe, expect, it } from "vitest";
import { el, toMarkup } from "./element.ts";
import { clean, fit, widthOf, wrap } from "./text.ts";
import { appStyle, fileStyle, HUES } from "./theme.ts";

/** What a strict XML parser finds. @throws Error where the markup is not well-formed */
function parsed(markup: string): { tags: string[]; text: string; attributes: string[] } {
  const found = { tags: [] as string[], text: "", attributes: [] as string[] };
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    found.tags.push(name);
    found.attributes.push(...Object.values(attributes));
  });
  parser.on("text", (text) => (found.text += text));
  parser.write(markup).close();
  return found;
}

const wild = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.constantFrom(
    "<script>alert(1)</script>",
    `"'><img src=x onerror=alert(1)>`,
    "]]>",
    "&amp;",
    "\u0000\uFFFE",
    "\uD800",
  ),
  fc.constantFrom("متلازمة مارفان", "תסמונת מרפן", "👩‍👩‍👧‍👦 family", "マルファン症候群", "\u202Eevil", "e\u0301".repeat(30)),
);

describe("a drawing as markup", () => {
  it("is SVG with its labels escaped", () => {
    const drawing = el("g", { x: 1.26, class: 'a"b', left: undefined }, [el("text", {}, ["a < b & c"])]);
    expect(toMarkup(drawing)).toBe('<g x="1.3" class="a&quot;b"><text>a &lt; b &amp; c</text></g>');
  });

  it("is well-formed and holds no more elements than were drawn, whatever the labels", () => {
    fc.assert(
      fc.property(fc.array(wild, { minLength: 1, maxLength: 4 }), wild, (labels, attribute) => {
        const { tags, attributes } = parsed(
          toMarkup(
            el(
              "svg",
              { "data-x": attribute },
              labels.map((l) => el("text", {}, [l])),
            ),
          ),
        );
        expect(tags).toEqual(["svg", ...labels.map(() => "text")]);
        expect(attributes).toHaveLength(1);
      }),
    );
  });

  it("says what the label says", () => {
    expect(parsed(toMarkup(el("text", {}, ['<b>"x" & y</b>']))).text).toBe('<b>"x" & y</b>');
  });
});

describe("labels", () => {
  it("are cut and wrapped to their width, in no more lines than there is room for", () => {
    fc.assert(
      fc.property(wild, fc.integer({ min: 40, max: 300 }), fc.integer({ min: 1, max: 3 }), (text, width, most) => {
        const lines = wrap(text, width, 13, most);
        expect(lines.length).toBeLessThanOrEqual(most);
        for (const line of lines) {
          expect(line.isWellFormed()).toBe(true);
          // What a reader takes for one character may be wider than a line; two never are.
          const characters = [...new Intl.Segmenter().segment(line)].length;
          expect(widthOf(line, 13) <= width || characters <= 2, line).toBe(true);
        }
      }),
    );
    expect(wrap("Marfan syndrome", 400, 13, 2)).toEqual(["Marfan syndrome"]);
    expect(wrap("heart failure with reduced ejection fraction", 120, 13, 2)).toHaveLength(2);
    expect(wrap("Glaucoma-ectopia lentis-microspherophakia", 110, 13, 3)[0]).toBe("Glaucoma-");
    expect(wrap("Hyperhomocysteinemia", 100, 13, 2)).toEqual([
      expect.stringMatching(/-$/),
      expect.stringMatching(/^\w{4,}$/),
    ]);
  });

  it("are looked at in milliseconds though they have a megabyte", () => {
    const before = process.threadCpuUsage();
    for (const unit of ["x", "x ", "👩‍👩‍👧‍👦", "\u0301"]) wrap(unit.repeat(1e6 / unit.length), 130, 13, 3);
    // What this thread worked, however busy the machine.
    const { user, system } = process.threadCpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(2000);
  });

  it("never split an emoji and keep no marks that turn the text around them", () => {
    expect(fit("👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 80, 13)).toMatch(/^(👩‍👩‍👧‍👦)*…$/u);
    expect(clean("a\u202Eb\u0000\n c")).toBe("ab c");
  });
});

/** Relative luminance and contrast as in WCAG 2. */
function contrast(one: string, two: string): number {
  const [a, b] = [one, two].map((colour) => {
    const [r, g, b] = [1, 3, 5].map((at) => {
      const c = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
      return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
  });
  return (Math.max(a!, b!) + 0.05) / (Math.min(a!, b!) + 0.05);
}

describe("colours", () => {
  it("of text are readable on their ground, and those of marks are seen, in light and dark", () => {
    for (const scheme of [0, 1] as const) {
      const paper = HUES.paper[scheme];
      for (const role of ["ink", "muted", "for", "against", "accent"] as const) {
        expect(contrast(HUES[role][scheme], paper), `${role} ${scheme}`).toBeGreaterThanOrEqual(4.5);
        expect(contrast(HUES[role][scheme], HUES.panel[scheme]), `${role} ${scheme}`).toBeGreaterThanOrEqual(4.5);
      }
      for (const role of ["vermilion", "amber", "blue", "teal", "green", "purple", "grey", "brown", "edge"] as const)
        expect(contrast(HUES[role][scheme], paper), `${role} ${scheme}`).toBeGreaterThanOrEqual(3);
    }
  });

  it("follow the reader's system in a file and the host in an app", () => {
    expect(fileStyle()).toContain("@media (prefers-color-scheme:dark)");
    expect(appStyle()).toContain("--ink:var(--color-text-primary,light-dark(");
  });
});
