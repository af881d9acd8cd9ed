/** What the validator of the starter's source files accepts, and each kind of mistake that it refuses. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { readStarter, StarterError } from "./read.ts";

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function folderOf(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), "starter-data-"));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

const ENTITIES = `
entities:
  Drug:
    - { name: Entresto, synonyms: [sacubitril/valsartan] }
    - sacubitril
    - valsartan
  Protein: [neprilysin]
  Disease:
    - OMIM:154700 Marfan syndrome
    - { name: hypertension }
  PhenotypicFeature:
    - HP:0000822 Hypertension
  Organization: [Novartis]
`;

const NOTE = {
  id: "NOTE:label",
  text: "Entresto contains sacubitril and valsartan. Sacubitril inhibits neprilysin.",
  states: ["[Entresto, has_active_ingredient, [sacubitril, valsartan]]", "[sacubitril, inhibits, neprilysin]"],
};

/** One file with the entities above and one note, changed by the test. */
function withNote(changes: Partial<typeof NOTE> & { more?: string } = {}): string {
  const { id, text, states, more = "" } = { ...NOTE, ...changes };
  const lines = states.map((statement) => `      - ${statement}`).join("\n");
  return folderOf({
    "a.yaml": `${ENTITIES}
notes:
  - id: ${id}
    title: "Entresto: from the label"
    publisher: Novartis
    type: Drug Label
    published: 2015
    text: >-
      ${text}
    states:
${lines}
${more}`,
  });
}

function problemsOf(folder: string): string {
  try {
    readStarter(folder);
  } catch (error) {
    if (error instanceof StarterError) return error.problems.join("\n");
    throw error;
  }
  throw new Error("the validator accepted a mistake");
}

test("a note becomes a document and relations that quote the one sentence naming both ends", () => {
  const records = readStarter(withNote());
  const kinds = records.map(({ type }) => type);
  expect(kinds.indexOf("relation")).toBeGreaterThan(kinds.lastIndexOf("entity"));
  expect(records.find((r) => r.type === "document")).toEqual({
    type: "document",
    document: {
      id: "NOTE:label",
      title: "Entresto: from the label",
      sections: [{ label: "", text: NOTE.text }],
      publisher: "Novartis",
      publicationTypes: ["Drug Label"],
      published: "2015",
      licence: "Apache-2.0",
    },
  });
  const relations = records.filter((r) => r.type === "relation").map((r) => r.relation);
  expect(
    relations.map(({ subject, predicate, object, evidence }) => [subject, predicate, object, evidence[0]?.quote]),
  ).toEqual([
    ["STARTER:entresto", "has_active_ingredient", "STARTER:sacubitril", "Entresto contains sacubitril and valsartan."],
    ["STARTER:entresto", "has_active_ingredient", "STARTER:valsartan", "Entresto contains sacubitril and valsartan."],
    ["STARTER:sacubitril", "inhibits", "STARTER:neprilysin", "Sacubitril inhibits neprilysin."],
  ]);
});

test("a note without statements is allowed", () => {
  const folder = folderOf({
    "a.yaml": "notes: [{ id: NOTE:a, title: A, publisher: B, type: Review, text: Something true. }]",
  });
  expect(readStarter(folder)).toHaveLength(1);
});

test("the same name in two categories is told apart by what the predicate allows", () => {
  const states = ["[Entresto, treats, hypertension]", "[Entresto, has_side_effect, Hypertension]"];
  const records = readStarter(withNote({ text: "Entresto lowers or, rarely, raises hypertension.", states }));
  expect(records.flatMap((r) => (r.type === "relation" ? [r.relation.object] : []))).toEqual([
    "STARTER:hypertension",
    "HP:0000822",
  ]);
});

test("a combination's name is no mention of its ingredients", () => {
  const text = "Sacubitril/valsartan inhibits neprilysin.";
  expect(problemsOf(withNote({ text, states: ["[sacubitril, inhibits, neprilysin]"] }))).toContain(
    "no sentence of the text names both",
  );
});

test("plurals and either case are mentions", () => {
  const text = "Neprilysins are inhibited by SACUBITRIL.";
  const [relation] = readStarter(withNote({ text, states: ["[sacubitril, inhibits, neprilysin]"] })).slice(-1);
  expect(relation).toMatchObject({ type: "relation", relation: { evidence: [{ quote: text }] } });
});

test("negation and qualifiers are carried over", () => {
  const states = [
    "{ s: Entresto, p: treats, o: Marfan syndrome, negated: true, qualifiers: { clinical: { age: adult } } }",
  ];
  const records = readStarter(withNote({ text: "Entresto does not treat Marfan syndrome.", states }));
  expect(records.at(-1)).toMatchObject({
    relation: { negated: true, qualifiers: { clinical: { age: "adult" } }, object: "OMIM:154700" },
  });
});

test.each([
  ["an unknown end", { states: ["[Entresto, has_active_ingredient, bosentan]"] }, '"bosentan" is not defined'],
  ["an unknown predicate", { states: ["[Entresto, cures, Marfan syndrome]"] }, 'there is no predicate "cures"'],
  [
    "an end of a category that the predicate does not take",
    { states: ["[Entresto, inhibits, valsartan]"] },
    "STARTER:valsartan is a Drug, but a Protein must stand here",
  ],
  [
    "a quote that is not verbatim",
    { states: ['{ s: sacubitril, p: inhibits, o: neprilysin, quote: "Sacubitril blocks neprilysin." }'] },
    "does not stand in the note word for word",
  ],
  [
    "two sentences that could be meant",
    {
      text: "Sacubitril inhibits neprilysin. Neprilysin binds sacubitril.",
      states: ["[sacubitril, inhibits, neprilysin]"],
    },
    "2 sentences name both",
  ],
  [
    "no sentence that names both",
    { states: ["[valsartan, inhibits, neprilysin]"] },
    "no sentence of the text names both",
  ],
  [
    "a statement made twice",
    { states: ["[sacubitril, inhibits, neprilysin]", "[sacubitril, inhibits, neprilysin]"] },
    "is stated twice",
  ],
  ["an id that is none", { id: "NOTE:Label 1" }, "NOTE: and a slug"],
  ["a form that is none", { states: ["[sacubitril, inhibits]"] }, "states → 0"],
  ["an unknown field", { more: "    pmid: 12345678" }, 'Unrecognized key: "pmid"'],
])("refused: %s", (_, changes, message) => {
  expect(problemsOf(withNote(changes))).toContain(message);
});

test("refused: two notes of one id, and the message names file and note", () => {
  const note = "{ id: NOTE:a, title: A, publisher: B, type: Review, text: Something. }";
  const problems = problemsOf(folderOf({ "a.yaml": `notes: [${note}]`, "b.yaml": `notes: [${note}]` }));
  expect(problems).toBe("b.yaml, NOTE:a: there is another note of this id; give this one its own");
});

test("refused: an entity defined in two places, and one name for two things of a category", () => {
  const problems = problemsOf(
    folderOf({
      "a.yaml": "entities: { Gene: [NCBIGene:2200 FBN1], Drug: [imatinib] }",
      "b.yaml": "entities: { Gene: [NCBIGene:2200 FBN2, NCBIGene:2201 FBN1], Drug: [imatinib] }",
    }),
  );
  expect(problems).toContain('b.yaml, NCBIGene:2200: defined as "FBN2" here and as "FBN1" in a.yaml');
  expect(problems).toContain('NCBIGene:2200 in a.yaml is a Gene called "FBN1" too');
  expect(problems).toContain("b.yaml, STARTER:imatinib: defined");
});

test("refused: a name that two entities of the same category share as synonym", () => {
  const folder = folderOf({
    "a.yaml": `
entities:
  Drug: [{ name: a, synonyms: [aspirin] }, { name: b, synonyms: [aspirin] }]
  Disease: [fever]
notes:
  - { id: NOTE:a, title: A, publisher: B, type: Review, text: Aspirin treats fever., states: [[aspirin, treats, fever]] }`,
  });
  expect(problemsOf(folder)).toContain('"aspirin" names STARTER:a and STARTER:b; write the identifier that is meant');
});

test("refused: a category or a note type that does not exist", () => {
  expect(problemsOf(folderOf({ "a.yaml": "entities: { Medicine: [aspirin] }" }))).toContain("a.yaml, entities");
  const note = "{ id: NOTE:a, title: A, publisher: B, type: Blog, text: Something. }";
  expect(problemsOf(folderOf({ "a.yaml": `notes: [${note}]` }))).toContain("a.yaml, NOTE:a → type");
});

test("refused: what is not YAML, and a key given twice", () => {
  expect(problemsOf(folderOf({ "a.yaml": "entities: [" }))).toContain("a.yaml: not valid YAML");
  expect(problemsOf(folderOf({ "a.yaml": "notes: []\nnotes: []" }))).toContain("a.yaml: not valid YAML: duplicated");
});

test("all problems are told at once", () => {
  const states = ["[Entresto, cures, Marfan syndrome]", "[Entresto, treats, plague]"];
  expect(problemsOf(withNote({ states })).split("\n")).toHaveLength(2);
});
