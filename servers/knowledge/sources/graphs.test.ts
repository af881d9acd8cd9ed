/** Graphs from other programs: KGX tables, PubTator's BioC, OBO graphs; what is bad in them is named, the rest comes in. */
import { existsSync, mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { documentText, KnowledgeRecord, type Document, type Entity, type Relation } from "../../../schemas/index.ts";
import { SOURCES } from "./index.ts";
import type { Problem } from "./source.ts";

const PUBTATOR = join(import.meta.dirname, "../../../../shared/data/pubmed/pubtator_export.json");

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "graphs-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Read {
  documents: Document[];
  entities: Entity[];
  relations: Relation[];
  problems: Problem[];
  about: { version?: string; licence?: string };
}

/** All records, each held against its schema; every quote against its document. */
async function read(kind: string, path = folder): Promise<Read> {
  const all: Read = { documents: [], entities: [], relations: [], problems: [], about: {} };
  const context = {
    problem: (problem: Problem) => void all.problems.push(problem),
    about: (facts: Read["about"]) => void (all.about = facts),
  };
  for await (const some of SOURCES.get(kind)!.read(path, context)) {
    for (const record of Array.isArray(some) ? (some as KnowledgeRecord[]) : [some as KnowledgeRecord]) {
      KnowledgeRecord.parse(record);
      if (record.type === "document") all.documents.push(record.document);
      if (record.type === "entity") all.entities.push(record.entity);
      if (record.type === "relation") all.relations.push(record.relation);
    }
  }
  const texts = new Map(all.documents.map((document) => [document.id, documentText(document)]));
  for (const { document, quote } of all.relations.flatMap((r) => r.evidence)) {
    expect(texts.get(document)).toContain(quote);
  }
  return all;
}

function write(name: string, ...lines: string[]): string {
  const path = join(folder, name);
  writeFileSync(path, name.endsWith(".gz") ? gzipSync(lines.join("\n")) : `${lines.join("\n")}\n`);
  return path;
}

const gene = (id: string, name: string) => ({ identifier: id, type: "Gene", name });
const mark = (id: string, text: string, offset: number, infons: object) => ({
  id,
  text,
  infons,
  locations: [{ offset, length: text.length }],
});
const iri = (id: string) => `http://purl.obolibrary.org/obo/${id.replace(":", "_")}`;
const node = (id: string, lbl?: string, meta: object = {}) => ({ id: iri(id), lbl, type: "CLASS", meta });
const edge = (sub: string, pred: string, obj: string) => ({ sub: iri(sub), pred, obj: iri(obj) });

describe("KGX tables", () => {
  const NODES = [
    "id\tcategory\tname\tsynonym\txref\tin_taxon",
    "MONDO:1\tbiolink:NamedThing|biolink:Disease\tHIV/AIDS\tAIDS|HIV infection\tOMIM:609423\t",
    "NCBIGene:1\tbiolink:Gene\t../x\t\t\tNCBITaxon:9606",
    'CHEBI:1\tbiolink:SmallMolecule\tx"); DROP TABLE entities; MATCH (n) DETACH DELETE n //\t\t\t',
  ];
  const EDGES = [
    "subject\tpredicate\tobject\tnegated\tpublications\tknowledge_level\tagent_type\tonset_qualifier\tsex_qualifier\tobject_direction_qualifier\tanatomical_context_qualifier",
    "CHEBI:1\tbiolink:treats\tMONDO:1\t\tPMID:1|PMID:2\tknowledge_assertion\tmanual_agent",
    "CHEBI:1\tbiolink:treats\tMONDO:1\tTrue\t\tprediction\tautomated_agent",
    "CHEBI:1\tbiolink:affects\tNCBIGene:1\tfalse\t\t\t\t\t\tdecreased\tUBERON:1",
    "CHEBI:1\tbiolink:affects\tNCBIGene:1\tfalse\t\t\t\t\t\tincreased\tUBERON:1",
    "NCBIGene:1\tbiolink:causes\tMONDO:1\t\t\t\t\tHP:0003577\tmale",
  ];

  it("keep direction, negation, context and provenance; each relation quotes its row in words", async () => {
    write("g_nodes.tsv", ...NODES);
    write("g_edges.tsv", ...EDGES);
    const { entities, relations, problems } = await read("kgx");
    expect(problems).toEqual([]);
    expect(entities).toEqual([
      {
        id: "MONDO:1",
        name: "HIV/AIDS",
        category: "Disease",
        synonyms: ["AIDS", "HIV infection"],
        xrefs: ["OMIM:609423"],
      },
      { id: "NCBIGene:1", name: "../x", category: "Gene", attributes: { in_taxon: "NCBITaxon:9606" } },
      expect.objectContaining({ category: "SmallMolecule" }),
    ]);
    expect(relations.map(({ evidence, ...r }) => (evidence.length === 1 ? r : undefined))).toEqual([
      { subject: "CHEBI:1", predicate: "treats", object: "MONDO:1" },
      { subject: "CHEBI:1", predicate: "treats", object: "MONDO:1", negated: true },
      {
        subject: "CHEBI:1",
        predicate: "affects",
        object: "NCBIGene:1",
        qualifiers: { spatial: { anatomy: "UBERON:1" }, clinical: { modifier: "object direction: decreased" } },
      },
      {
        subject: "CHEBI:1",
        predicate: "affects",
        object: "NCBIGene:1",
        qualifiers: { spatial: { anatomy: "UBERON:1" }, clinical: { modifier: "object direction: increased" } },
      },
      {
        subject: "NCBIGene:1",
        predicate: "causes",
        object: "MONDO:1",
        qualifiers: { temporal: { onset: "HP:0003577" }, clinical: { sex: "male" } },
      },
    ]);
    expect(relations[0]!.evidence[0]).toMatchObject({
      quote: expect.stringMatching(/^x".* \(CHEBI:1\) treats HIV\/AIDS \(MONDO:1\) \[PMID:1; PMID:2\]\.$/),
      knowledgeLevel: "knowledge_assertion",
      agent: "manual_agent",
      references: ["PMID:1", "PMID:2"],
    });
    expect(relations[1]!.evidence[0]).toMatchObject({ knowledgeLevel: "prediction", agent: "automated_agent" });
    expect(relations[4]!.evidence[0]!.quote).toBe(
      "../x (NCBIGene:1) causes HIV/AIDS (MONDO:1) (onset HP:0003577; sex male).",
    );
  });

  it("as JSON lines are the same, also gzipped, and in one file", async () => {
    write(
      "nodes.jsonl.gz",
      '{"id": "A:1", "name": "one", "category": ["biolink:Gene"], "size": 3}',
      '{"id": "A:2", "category": ["biolink:Disease"]}',
    );
    write(
      "edges.jsonl.gz",
      '{"subject": "A:1", "predicate": "biolink:causes", "object": "A:2", "negated": false, "publications": ["PMID:1"], "sex_qualifier": "male"}',
    );
    const { entities, relations } = await read("kgx");
    expect(entities).toEqual([
      { id: "A:1", name: "one", category: "Gene", attributes: { size: 3 } },
      { id: "A:2", name: "A:2", category: "Disease" },
    ]);
    expect(relations).toMatchObject([
      { subject: "A:1", predicate: "causes", qualifiers: { clinical: { sex: "male" } } },
    ]);
    expect((await read("kgx", join(folder, "edges.jsonl.gz"))).relations).toHaveLength(1);
  });

  it("name each bad row by file and line, and go on", async () => {
    const nodes = write(
      "nodes.tsv",
      ...NODES.slice(0, 2),
      "no curie\tbiolink:Gene\tx",
      "NCBIGene:2\tbiolink:Gene\ty\t\t\t\t\t\t",
      "\tbiolink:Gene",
    );
    const edges = write(
      "edges.tsv",
      ...EDGES.slice(0, 2),
      "CHEBI:1\tbiolink:treats",
      "CHEBI:1\t\tMONDO:1",
      "CHEBI:1\tbiolink:treats\tMONDO:1\tperhaps",
      "CHEBI:1\tbiolink:treats\tMONDO 1",
    );
    const { entities, relations, problems } = await read("kgx");
    expect([entities.length, relations.length]).toEqual([1, 1]);
    expect(problems).toEqual([
      { file: nodes, line: 3, reason: "id no curie is no CURIE such as OMIM:154700" },
      { file: nodes, line: 4, reason: "9 columns instead of 6" },
      { file: nodes, line: 5, reason: "no id" },
      { file: edges, line: 3, reason: "2 columns instead of 11" },
      { file: edges, line: 4, reason: "no predicate" },
      { file: edges, line: 5, reason: "negated is perhaps, not true or false" },
      { file: edges, line: 6, reason: "object MONDO 1 is no CURIE" },
    ]);
  });

  it("are asked for by name where there are none", async () => {
    await expect(read("kgx")).rejects.toThrow("their names end in nodes.tsv, edges.tsv");
    write("nodes.tsv", "identifier\tname");
    await expect(read("kgx")).rejects.toThrow("nodes.tsv, line 1: the header has no column id");
  });

  it("with anything in any cell give records or problems, never an error", async () => {
    const cell = fc.string({ unit: "binary", maxLength: 12 }).map((s) => s.replace(/[\t\n\r]/g, " "));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(cell, { minLength: 1, maxLength: 12 }), { maxLength: 20 }), async (rows) => {
        write("nodes.tsv", NODES[0]!, ...rows.map((row) => row.join("\t")));
        write("edges.tsv", EDGES[0]!, ...rows.map((row) => row.join("\t")));
        write(
          "edges.jsonl",
          ...rows.map((row) => JSON.stringify(Object.fromEntries(row.map((c, i) => [EDGES[0]!.split("\t")[i], c])))),
        );
        const { relations, problems } = await read("kgx");
        expect(relations.length + problems.length).toBeLessThanOrEqual(3 * rows.length);
      }),
      { numRuns: 40 },
    );
  });
});

describe("PubTator", () => {
  const TITLE = "ABC in asthma.";
  const TEXT = "ABC activates DEF in asthma. DEF is rare, e.g. in mice. Nothing else is known.";
  const asthma = { identifier: "MESH:D001249", type: "Disease", name: "Asthma" };
  const DOCUMENT = {
    id: "123",
    passages: [
      {
        infons: { type: "title" },
        offset: 0,
        text: TITLE,
        annotations: [mark("1", "ABC", 0, gene("1", "ABC1")), mark("2", "asthma", 7, asthma)],
      },
      {
        infons: { type: "abstract" },
        offset: 15,
        text: TEXT,
        annotations: [
          mark("3", "ABC", 15, gene("1", "ABC1")),
          mark("4", "DEF", 29, gene("2;3", "DEF")),
          mark("5", "asthma", 36, asthma),
          mark("6", "mice", 65, { identifier: "10090", type: "Species", name: "mouse" }),
          mark("7", "nowhere", 400, gene("9", "GHI")),
          mark("8", "DEF", 44, { identifier: "-", type: "Gene" }),
        ],
      },
    ],
    relations: [
      {
        id: "R1",
        infons: { type: "Positive_Correlation", role1: gene("1", "ABC1"), role2: asthma },
        nodes: [{ refid: "0", role: "3,5" }],
      },
      { id: "R2", infons: { type: "Made_Up", role1: asthma, role2: gene("9", "GHI") } },
      { id: "R3", infons: { type: "Cause", role1: null } },
    ],
  };

  it("gives documents, entities by identifier, named relations and co-mentions with their sentence", async () => {
    const file = write("export.json", JSON.stringify({ PubTator3: [DOCUMENT, { id: "x" }] }));
    const { documents, entities, relations, problems } = await read("pubtator", file);
    expect(documents).toMatchObject([{ id: "PMID:123", title: TITLE, sections: [{ label: "Abstract", text: TEXT }] }]);
    expect(entities.map((e) => [e.id, e.name, e.category])).toEqual([
      ["NCBIGene:1", "ABC1", "Gene"],
      ["MESH:D001249", "Asthma", "Disease"],
      ["NCBIGene:2", "DEF", "Gene"],
      ["NCBIGene:3", "DEF", "Gene"],
      ["NCBITaxon:10090", "mouse", "OrganismTaxon"],
      ["NCBIGene:9", "GHI", "Gene"],
    ]);
    expect(relations[0]).toMatchObject({
      subject: "NCBIGene:1",
      predicate: "positively_correlated_with",
      object: "MESH:D001249",
      evidence: [{ quote: "ABC activates DEF in asthma.", knowledgeLevel: "prediction", agent: "text_mining_agent" }],
    });
    const together = relations.filter((r) => r.predicate === "occurs_together_in_literature_with");
    expect(together.map((r) => `${r.subject} ${r.object}: ${r.evidence[0]!.quote}`)).toEqual([
      `MESH:D001249 NCBIGene:1: ${TITLE}`,
      "MESH:D001249 NCBIGene:2: ABC activates DEF in asthma.",
      "MESH:D001249 NCBIGene:3: ABC activates DEF in asthma.",
      "NCBIGene:1 NCBIGene:2: ABC activates DEF in asthma.",
      "NCBIGene:1 NCBIGene:3: ABC activates DEF in asthma.",
      "NCBIGene:2 NCBIGene:3: ABC activates DEF in asthma.",
    ]);
    expect(problems.map((p) => p.reason)).toEqual([
      'PMID:123, annotation 7: "nowhere" does not stand at 400',
      "PMID:123, relation R2: no passage names both MESH:D001249 and NCBIGene:9",
      "PMID:123, relation R3: its ends are not two known things",
      expect.stringContaining("document x: not BioC"),
    ]);
  });

  it("reads a folder, a collection, an array, and a document a line with its bad lines", async () => {
    write("a.json", JSON.stringify({ documents: [DOCUMENT] }, null, 2));
    write("b.json.gz", JSON.stringify([{ ...DOCUMENT, id: "124" }]));
    const lines = write(
      "c.json",
      JSON.stringify({ ...DOCUMENT, id: "125" }),
      "{torn",
      JSON.stringify({ PubTator3: [{ ...DOCUMENT, id: "126" }] }),
    );
    const { documents, problems } = await read("pubtator");
    expect(documents.map((d) => d.id)).toEqual(["PMID:123", "PMID:124", "PMID:125", "PMID:126"]);
    expect(problems).toContainEqual({ file: lines, line: 2, reason: "not JSON" });
  });

  it("that is something else is refused", async () => {
    await expect(read("pubtator", write("a.json", "{"))).rejects.toThrow("a.json: not JSON");
    await expect(read("pubtator", write("b.json", "{}"))).rejects.toThrow("holds no BioC document");
  });

  it.skipIf(!existsSync(PUBTATOR))("reads an export as it is published (needs shared/data)", async () => {
    const { entities, relations, problems } = await read("pubtator", PUBTATOR);
    expect(problems).toEqual([]);
    expect(entities).toContainEqual({ id: "dbSNP:rs113488022", name: "p.V600E", category: "SequenceVariant" });
    const named = relations.filter((r) => r.predicate !== "occurs_together_in_literature_with");
    expect(named.map((r) => `${r.subject} ${r.predicate} ${r.object}`)).toContain(
      "MESH:C560077 positively_correlated_with MESH:D004487",
    );
  });
});

describe("OBO graphs", () => {
  it("give terms, names by their scope, and relations that quote the release; cycles and dangling ids are told", async () => {
    const graph = {
      id: "http://purl.obolibrary.org/obo/xo.json",
      meta: { version: "http://purl.obolibrary.org/obo/xo/releases/2024-05-01/xo.json" },
      nodes: [
        node("XO:1", "thing"),
        node("XO:2", "part", {
          definition: { val: "A part." },
          xrefs: [{ val: "UMLS:C1" }],
          synonyms: [
            { pred: "hasExactSynonym", val: "piece" },
            { pred: "hasBroadSynonym", val: "stuff" },
            { pred: "hasNarrowSynonym", val: "crumb" },
          ],
          basicPropertyValues: [{ pred: "http://www.geneontology.org/formats/oboInOwl#hasAlternativeId", val: "XO:9" }],
        }),
        node("XO:3", "old", { deprecated: true }),
        node("GO:1", "doing", { basicPropertyValues: [{ pred: "x#hasOBONamespace", val: "molecular_function" }] }),
        { ...node("RO:1", "Is near"), type: "PROPERTY" },
        node("XO:4"),
        { lbl: "no id" },
      ],
      edges: [
        edge("XO:2", "is_a", "XO:1"),
        edge("XO:1", "is_a", "XO:2"),
        edge("XO:2", iri("BFO:0000050"), "XO:1"),
        edge("GO:1", iri("RO:1"), "XO:2"),
        edge("XO:2", "is_a", "XO:3"),
        { sub: "XO:2" },
      ],
    };
    const file = write("release.json", JSON.stringify({ graphs: [graph] }));
    const { entities, relations, documents, problems, about } = await read("obograph", file);
    expect(about).toEqual({ version: "2024-05-01" });
    expect(entities).toEqual([
      { id: "XO:1", name: "thing", category: "OntologyClass" },
      {
        id: "XO:2",
        name: "part",
        category: "OntologyClass",
        synonyms: ["piece"],
        xrefs: ["UMLS:C1", "XO:9"],
        description: "A part.",
        attributes: { "broader names": "stuff", "narrower names": "crumb" },
      },
      { id: "GO:1", name: "doing", category: "MolecularActivity" },
    ]);
    expect(relations.map((r) => `${r.subject} ${r.predicate} ${r.object}: ${r.evidence[0]!.quote}`)).toEqual([
      "XO:2 subclass_of XO:1: part (XO:2) is a kind of thing (XO:1).",
      "XO:2 part_of XO:1: part (XO:2) part of thing (XO:1).",
      "GO:1 is_near XO:2: doing (GO:1) is near part (XO:2).",
    ]);
    expect(documents[0]).toMatchObject({ id: "OBO:xo-1", published: "2024-05-01" });
    expect(problems.map((p) => p.reason)).toEqual([
      expect.stringContaining("node 7:"),
      expect.stringContaining("edge 6:"),
      "cycle: XO:2 → XO:1 → XO:2; its last step is left out",
      "XO:3 is no live term with a name here: relations with it are left out",
    ]);
  });

  it("that are something else are refused", async () => {
    mkdirSync(join(folder, "inner"));
    await expect(read("obograph", join(folder, "inner"))).rejects.toThrow("is a folder");
    await expect(read("obograph", write("a.json", "{}"))).rejects.toThrow("not an OBO graph");
    await expect(read("obograph", write("b.json", '{"graphs": [{}]}'))).rejects.toThrow("holds no term");
  });
});
