/** Tables and figures in forms that some publishers have. */
import { describe, expect, it } from "vitest";
import { parseJats } from "../jats.ts";
import { article } from "../testing/jats-article.ts";

const sectionsOf = (body: string) =>
  parseJats(article(`<sec><title>Results</title>${body}</sec>`)).sections.map((s) => `${s.label}: ${s.text}`);

const rows = (
  o: string,
) => `<${o}tgroup cols="3"><${o}colspec colname="a"/><${o}colspec colname="b"/><${o}colspec colname="c"/>
    <${o}thead><${o}row><${o}entry morerows="1">Drug</${o}entry><${o}entry namest="b" nameend="c">Dose</${o}entry></${o}row><${o}row><${o}entry>low</${o}entry><${o}entry>high</${o}entry></${o}row></${o}thead>
    <${o}tbody><${o}row><${o}entry>A</${o}entry><${o}entry>10<sup>3</sup></${o}entry><${o}entry/></${o}row></${o}tbody></${o}tgroup>`;

describe("a table in the OASIS exchange model", () => {
  it.each([
    ["with a prefix", `<oasis:table>${rows("oasis:")}</oasis:table>`],
    ["without", `<table>${rows("")}</table>`],
    ["beside a picture", `<alternatives><graphic/><oasis:table>${rows("oasis:")}</oasis:table></alternatives>`],
  ])("has its cells apart, each in its column (%s)", (_, table) => {
    expect(sectionsOf(`<table-wrap><label>Table 1</label>${table}</table-wrap>`)).toEqual([
      "Results > Table 1: Drug | Dose |\nDrug | low | high\nA | 10³ |",
    ]);
  });
});

it("panels of a figure stand under the figure", () => {
  const panels = `<fig><label>A</label><caption><p>Before.</p></caption></fig><fig><label>B</label><caption><p>After.</p></caption></fig>`;
  expect(
    sectionsOf(`<fig-group><label>Fig. 2</label><caption><title>Both</title></caption>${panels}</fig-group>`),
  ).toEqual(["Results > Fig. 2: Both", "Results > Fig. 2 > A: Before.", "Results > Fig. 2 > B: After."]);
});
