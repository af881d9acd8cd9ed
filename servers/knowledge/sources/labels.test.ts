/** Labels of drugs, as openFDA and DailyMed give them: doses, tables and lists come out as a reader of the label sees them. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { documentText, KnowledgeRecord, type Document } from "../../../schemas/index.ts";
import { SOURCES } from "./index.ts";
import { proseOf } from "./spl/prose.ts";
import { parseXml } from "./xml.ts";

const REAL = "../shared/data/fda";
const folder = mkdtempSync(join(tmpdir(), "labels-"));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, content: unknown): string {
  const path = join(folder, name);
  const raw = typeof content === "string" || content instanceof Uint8Array;
  writeFileSync(path, raw ? content : JSON.stringify(content));
  return path;
}

async function read(kind: string, path: string) {
  const problems: string[] = [];
  const documents: Document[] = [];
  const context = { problem: ({ reason }: { reason: string }) => problems.push(reason), about: () => {} };
  for await (const records of SOURCES.get(kind)!.read(path, context)) {
    for (const record of [records].flat()) {
      const sound = KnowledgeRecord.parse(record);
      if (sound.type === "document") documents.push(sound.document);
    }
  }
  return { documents, problems };
}

const section = (document: Document, label: string) => document.sections.find((s) => s.label === label)?.text;
const prose = (markup: string) => proseOf(parseXml(`<text>${markup}</text>`));

describe("the text of a label", () => {
  it.each([
    [
      "a fraction",
      "Take 2<sup>1</sup>/<sub>2</sub> tablets, then <sup>1</sup>⁄<sub>4</sub>",
      "Take 2 1/2 tablets, then 1/4",
    ],
    ["a power", "10<sup>6</sup> cells/m<sup>2</sup>", "10⁶ cells/m²"],
    ["a line break, never joining numbers", "Dose: 10<br/>000 units", "Dose: 10\n000 units"],
    [
      "a fraction drawn over two lines, in its order",
      '<content styleCode="underline">weight (kg) × 10</content><br/>1000',
      "weight (kg) × 10\n1000",
    ],
    [
      "lists in lists, and what follows them",
      '<paragraph>Do:</paragraph><list listType="ordered"><item>first<list><item>inner</item></list></item><item><caption>b.</caption>second</item></list>After.',
      "Do:\n1. first\n  • inner\nb. second\nAfter.",
    ],
    [
      "a table with its caption; a cell over two rows stands in both",
      '<table><caption>Table 1</caption><thead><tr><th>Age</th><th>Dose</th></tr></thead><tbody><tr><td rowspan="2">child</td><td>5 mg<br/>daily</td></tr><tr><td>2.5 mg</td></tr><tr><td colspan="2">none</td></tr></tbody></table>',
      "Table 1\nAge | Dose\nchild | 5 mg; daily\nchild | 2.5 mg\nnone |",
    ],
    ["a footnote where it is called", "Avoid<footnote>unless needed</footnote> it", "Avoid [unless needed] it"],
  ])("keeps %s", (_, markup, text) => expect(prose(markup)).toBe(text));
});

const spl = (body: string, product = "") =>
  `<?xml version="1.0"?><document xmlns="urn:hl7-org:v3"><id root="V1"/><code displayName="HUMAN PRESCRIPTION DRUG LABEL"/><title>A label</title><effectiveTime value="20140113"/><setId root="ABC-1"/><component><structuredBody>${product}${body}</structuredBody></component></document>`;
const part = (code: string, title: string, text: string, inner = "") =>
  `<component><section><code code="${code}" codeSystem="2.16.840.1.113883.6.1"/>${title && `<title>${title}</title>`}<text>${text}</text>${inner}</section></component>`;

describe("spl", () => {
  it("names sections by their code in old and new layouts, those within others after them", async () => {
    const body =
      part("34071-1", "", "Old warnings.") +
      part("34067-9", "Uses", "For pain.") +
      part("43685-7", "5 WARNINGS AND PRECAUTIONS", "Care.", part("42229-5", "5.1 Liver", "Test it."));
    const { documents } = await read("spl", write("old.xml", spl(body)));
    expect(documents[0]).toMatchObject({ id: "SPL:abc-1", published: "2014-01-13", publicationTypes: ["Drug Label"] });
    expect(documents[0]!.sections).toEqual([
      { label: "Warnings", text: "Old warnings." },
      { label: "Indications and usage: Uses", text: "For pain." },
      { label: "5 WARNINGS AND PRECAUTIONS", text: "Care." },
      { label: "5 WARNINGS AND PRECAUTIONS › 5.1 Liver", text: "Test it." },
    ]);
  });

  it("gives strengths and codes of products, in the older listing too", async () => {
    const code = '<code code="48780-1" codeSystem="2.16.840.1.113883.6.1"/>';
    const strength = '<quantity><numerator value="2.50" unit="mg"/><denominator value="5" unit="mL"/></quantity>';
    const product = `<component><section>${code}<subject><manufacturedProduct><manufacturedMedicine><code code="0001-2" codeSystem="2.16.840.1.113883.6.69"/><name>Fictol<suffix>Junior</suffix></name><activeIngredient>${strength}<activeIngredientSubstance><name>FICTOLINE</name></activeIngredientSubstance></activeIngredient></manufacturedMedicine></manufacturedProduct></subject></section></component>`;
    const { documents } = await read("spl", write("product.xml", spl(part("34067-9", "", "x"), product)));
    expect(documents[0]!.title).toBe("Fictol Junior: human prescription drug label");
    expect(section(documents[0]!, "Products")).toBe("Fictol Junior. active: FICTOLINE 2.50 mg/5 mL. NDC 0001-2");
    expect(documents[0]!.identifiers).toEqual({ setid: "abc-1", ndc: "0001-2" });
  });

  it.each([
    ["<html><body>busy</body></html>", /a document is expected, this is a html/],
    ['<!DOCTYPE d [<!ENTITY a "&b;&b;"><!ENTITY b "x">]><document>&a;</document>', /declares entities of its own/],
    ['<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]><document>&a;</document>', /declares entities of its own/],
    ["<document>", /unclosed tag/],
    ["", /document|element/],
  ])("%s is refused by name", async (content, reason) => {
    const file = write("bad.xml", content);
    await expect(read("spl", file)).rejects.toThrow(reason);
    await expect(read("spl", file)).rejects.toThrow("bad.xml");
  });

  it.skipIf(!existsSync(REAL))("reads real labels (skipped without ../shared/data)", async () => {
    const { documents } = await read("spl", join(REAL, "lipitor.spl.xml"));
    const lipitor = documents[0]!;
    expect(lipitor).toMatchObject({
      title: "Lipitor (atorvastatin calcium): human prescription drug label",
      published: "2014-01-13",
      identifiers: { ndc: "0071-0155, 0071-0156, 0071-0157, 0071-0158" },
      related: { application: ["NDA:NDA020702"] },
    });
    const interactions = "Table 1. Drug Interactions Associated with Increased Risk of Myopathy/Rhabdomyolysis";
    const text = documentText(lipitor);
    expect(text.slice(text.indexOf(interactions)).split("\n").slice(0, 4)).toEqual([
      interactions,
      "Interacting Agents | Prescribing Recommendations",
      "Cyclosporine, HIV protease inhibitors (tipranavir plus ritonavir), hepatitis C protease inhibitor (telaprevir) | Avoid atorvastatin",
      "HIV protease inhibitor (lopinavir plus ritonavir) | Use with caution and lowest dose necessary",
    ]);
    // Two contraindications are the titles of empty sections.
    const contraindications = text.slice(text.indexOf("4.1 Active liver"), text.indexOf("4.3 Pregnancy\nWomen"));
    expect(contraindications).toContain("elevations in hepatic transaminase levels");
    expect(contraindications).toContain("4.2 Hypersensitivity to any component of this medication");
    const [cough] = (await read("spl", join(REAL, "cough.spl.xml"))).documents;
    expect(section(cough!, "Dosage and administration: Directions")).toContain(
      "children 4 to under 6 years of age | do not use unless directed by a doctor\nchildren 6 to under 12 years of age | 2 teaspoonfuls (10 mL)",
    );
  });
});

describe("a label in SPL of any shape", () => {
  const sound = `<document xmlns="urn:hl7-org:v3"><setId root="a"/><effectiveTime value="20200101"/><component><structuredBody><component><section><code code="34070-3" codeSystem="2.16.840.1.113883.6.1"/><title>4 X</title><text><paragraph>a<sup>2</sup> &lt; <sub>b</sub></paragraph><list listType="ordered"><item>c</item></list><table><tbody><tr><td rowspan="2">d</td><td/></tr></tbody></table></text><component><section><title>4.1 Y</title></section></component></section></component></structuredBody></component></document>`;

  it("cut or changed anywhere gives a sound document, or one sentence that names the file", async () => {
    const put = fc.constantFrom("", "<", ">", "&", "</", "<td>", "\0", '"', "<sup>", "<!--", "<section>".repeat(600));
    const property = fc.asyncProperty(fc.nat(sound.length), fc.nat(30), put, async (at, length, what) => {
      const file = write("wild.xml", sound.slice(0, at) + what + sound.slice(at + length));
      const outcome = await read("spl", file).catch((error: Error) => error);
      const message = outcome instanceof Error ? outcome.message : "wild.xml";
      expect(message).toContain("wild.xml");
      expect(message).not.toMatch(/undefined|Maximum call stack|not a function/);
    });
    await fc.assert(property, { numRuns: 200 });
  });

  it("says what it holds even in titles alone", async () => {
    const { documents } = await read("spl", write("sound.xml", sound));
    expect(documents[0]!.sections.at(-1)).toEqual({ label: "Contraindications: 4 X", text: "4.1 Y" });
  });
});

const label = (setid: string, more: object = {}) => ({
  set_id: setid,
  effective_time: "20121114",
  warnings: ["Beware."],
  ...more,
});

describe("labels", () => {
  it("puts what matters first, in either layout, with tables in rows", async () => {
    const openfda = { brand_name: ["FICTOL"], generic_name: ["FICTOLINE"], rxcui: ["1", "2"], product_ndc: ["0-1"] };
    const table = "<table><tbody><tr><td>Nausea</td><td>3%</td></tr></tbody></table>";
    const results = [
      label("A", {
        openfda,
        adverse_reactions: ["Nausea 3%"],
        adverse_reactions_table: [table],
        boxed_warning: "Stop.",
      }),
    ];
    const { documents } = await read("labels", write("one.json.gz", gzipSync(JSON.stringify({ meta: {}, results }))));
    expect(documents[0]).toMatchObject({
      id: "SPL:a",
      title: "FICTOL (fictoline): drug label",
      published: "2012-11-14",
      identifiers: { setid: "a", rxcui: "1, 2", ndc: "0-1" },
    });
    expect(documents[0]!.sections).toEqual([
      { label: "Boxed warning", text: "Stop." },
      { label: "Warnings", text: "Beware." },
      { label: "Adverse reactions", text: "Nausea 3%" },
      { label: "Adverse reactions, tables", text: "Nausea | 3%" },
    ]);
  });

  it("without an openfda block are named by what they list", async () => {
    const file = write("plain.json", { results: [label("B", { spl_product_data_elements: ["Fictol FICTOLINE"] })] });
    expect((await read("labels", file)).documents[0]!.title).toBe("Fictol FICTOLINE: drug label");
  });

  it("refuses errors that were saved in place of data, and reports of events", async () => {
    const error = write("404.json", { error: { code: "NOT_FOUND", message: "No matches found!" } });
    await expect(read("labels", error)).rejects.toThrow(
      /404\.json: is an error message .*NOT_FOUND: No matches found!/,
    );
    const { problems, documents } = await read(
      "labels",
      write("mixed.json", { results: [{ safetyreportid: "7" }, {}, label("C")] }),
    );
    expect(documents.map(({ id }) => id)).toEqual(["SPL:c"]);
    expect(problems).toEqual([
      expect.stringMatching(/^byte 12: report 7 of an adverse event/),
      expect.stringMatching(/^byte 35: a result without a set_id/),
    ]);
  });

  it("of a list of any length, cut into any chunks, come one by one; what is torn is told with its place", async () => {
    const results = Array.from({ length: 4000 }, (_, i) => label(`s${i}`, { warnings: ['[{"é"}], \\" '.repeat(20)] }));
    const text = JSON.stringify({ meta: { results: { total: 1 } }, results, more: [1] });
    expect((await read("labels", write("many.json", text))).documents.length).toBe(4000);
    const cut = await read("labels", write("cut.json", text.slice(0, text.length / 2)));
    expect(cut.documents.length).toBeGreaterThan(1900);
    expect(cut.problems).toEqual([expect.stringMatching(/^byte \d+: the file ends in the middle/)]);
  });

  it("of any JSON, whole or not, give sound records or an error that names the file", async () => {
    const value = fc.oneof(
      fc.constantFrom("", "x", null, 7, [], {}, [""], "<table>", "99999999"),
      fc.jsonValue({ maxDepth: 2 }),
    );
    const keys = fc.constantFrom(
      "set_id",
      "openfda",
      "warnings",
      "effective_time",
      "boxed_warning_table",
      "protocolSection",
      "products",
      "x",
    );
    const member = fc.dictionary(keys, value);
    const file = fc.oneof(
      member,
      fc.array(member),
      fc.record({ results: fc.oneof(value, fc.array(member)), studies: fc.array(member) }),
    );
    const property = fc.asyncProperty(
      file,
      fc.nat(60),
      fc.constantFrom("labels", "trials"),
      async (content, cut, kind) => {
        const text = JSON.stringify(content);
        const path = write("wild.json", cut < 40 ? text : text.slice(0, cut));
        const refusal = await read(kind, path).then(
          () => "wild.json",
          (error: Error) => error.message,
        );
        expect(refusal).toContain("wild.json");
      },
    );
    await fc.assert(property, { numRuns: 200 });
  });

  it.skipIf(!existsSync(REAL))("reads real answers of openFDA (skipped without ../shared/data)", async () => {
    const { documents, problems } = await read("labels", REAL);
    expect(documents.map(({ id, title }) => `${id} ${title}`)).toEqual([
      "NDA:NDA021588 GLEEVEC (imatinib mesylate): FDA application NDA021588",
      "SPL:02b5e3bb-c976-40a3-9077-64ffe637429f AMBIEN (zolpidem tartrate): human prescription drug label",
      "SPL:0025eb89-590c-4451-8a06-b129686cf75a Aspirin Adult low strength (aspirin): human otc drug label",
    ]);
    expect(section(documents[0]!, "Submissions")).toMatch(
      /^ORIG 1: approved 2003-04-18; Type 3 - New Dosage Form; priority review; Orphan/,
    );
    expect(documents[1]!.identifiers).toMatchObject({
      rxcui: "854873, 854878, 854876, 854875",
      ndc: "16590-010, 16590-009",
    });
    expect(section(documents[1]!, "Geriatric use, tables")).toMatch(/^Adverse Event \| Zolpidem \| Placebo\n/);
    expect(problems.join("\n")).toMatch(/openfda-404\.json: is an error .*[\s\S]*openfda-500\.json: is an error/);
  });
});
