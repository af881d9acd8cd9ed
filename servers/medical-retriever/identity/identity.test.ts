import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Document } from "../../../schemas/index.ts";
import { paper } from "../testing/stub-source.ts";
import type { SourceName } from "../source-names.ts";
import { canonicalKey, keysOf } from "./keys.ts";
import { mergeRecords, type SourceRecord } from "./merge.ts";

const from = (source: SourceName, document: Document): SourceRecord => ({ source, document });
const nothing = () => undefined;

describe("keys", () => {
  test("a paper goes by its PMID, PMC id and DOI, in one spelling", () => {
    const identifiers = { pmid: "1", pmcid: "PMC2", doi: "10.1056/NEJMoa1" };
    expect(keysOf({ id: "PMID:1", identifiers })).toEqual(["PMID:1", "PMC:PMC2", "DOI:10.1056/nejmoa1"]);
    expect(canonicalKey("pmc:2")).toBe("PMC:PMC2");
  });

  test("a paper that names a trial is not the trial", () => {
    expect(keysOf({ id: "PMID:1", identifiers: { nct: "NCT00000001" } })).toEqual(["PMID:1"]);
  });
});

describe("records of one thing", () => {
  const abstract = paper("PMID:1", "Zelpamab in vornitis", {
    identifiers: { pmid: "1", doi: "10.9/a" },
    publicationTypes: ["Randomized Controlled Trial"],
    related: { trial: ["NCT:NCT00000001"] },
  });
  const elsewhere = paper("PMID:1", "Zelpamab in vornitis", {
    identifiers: { pmid: "1", pmcid: "PMC2" },
    publicationTypes: ["randomized-controlled-trial", "Journal Article"],
    impact: { citations: 12 },
    integrity: "retracted",
  });
  const fullText = paper("PMC:PMC2", "Zelpamab in vornitis", {
    sections: [{ label: "Results", text: "Flares were halved. ".repeat(50) }],
    identifiers: { pmcid: "PMC2" },
  });

  test("are one document: the fuller text, all identifiers, the worse news", () => {
    const { things } = mergeRecords(
      [from("pubmed", abstract), from("europepmc", elsewhere), from("pmc", fullText)],
      nothing,
    );
    expect(things).toHaveLength(1);
    expect(things[0]).toMatchObject({ sources: ["pubmed", "europepmc", "pmc"], stored: false });
    expect(things[0]!.document).toMatchObject({
      id: "PMC:PMC2",
      sections: fullText.sections,
      identifiers: { pmid: "1", pmcid: "PMC2", doi: "10.9/a" },
      publicationTypes: ["Randomized Controlled Trial", "Journal Article"],
      related: { trial: ["NCT:NCT00000001"] },
      impact: { citations: 12 },
      integrity: "retracted",
    });
  });

  test("keep the preferred source's text where the others have no more to say", () => {
    const { things } = mergeRecords([from("pubmed", abstract), from("europepmc", elsewhere)], nothing);
    expect(things[0]!.document).toMatchObject({ id: "PMID:1", sections: abstract.sections });
  });

  test("stand by the text that is stored, by whatever identifier it is known", () => {
    const stored = paper("JOURNAL:7", "Zelpamab", { identifiers: { doi: "10.9/A" }, fetchedAt: undefined });
    const { things } = mergeRecords([from("pubmed", abstract), from("europepmc", elsewhere)], (id) =>
      id === "DOI:10.9/a" ? stored : undefined,
    );
    expect(things).toHaveLength(1);
    expect(things[0]).toMatchObject({
      stored: true,
      document: { id: "JOURNAL:7", sections: stored.sections, integrity: "retracted", identifiers: { pmid: "1" } },
    });
  });

  test("a stored paper that carries a trial's number is not taken for the trial", () => {
    const trial = paper("NCT:NCT00000001", "A trial of zelpamab", { identifiers: { nct: "NCT00000001" } });
    const paperOfIt = paper("PMID:1", "Zelpamab", { identifiers: { nct: "NCT00000001" } });
    const { things } = mergeRecords([from("clinicaltrials", trial)], () => paperOfIt);
    expect(things[0]).toMatchObject({ stored: false, document: { id: "NCT:NCT00000001" } });
  });

  test("two PubMed records with one DOI stay two, and a note says so", () => {
    const other = paper("PMID:2", "Another", { identifiers: { pmid: "2", doi: "10.9/A" } });
    const { things, notes } = mergeRecords([from("pubmed", abstract), from("europepmc", other)], nothing);
    expect(things.map(({ document }) => document.id)).toEqual(["PMID:1", "PMID:2"]);
    expect(notes).toEqual(["PMID:1 and PMID:2 share an identifier, but are two records: kept apart"]);
  });

  test("a label is one, whoever gives it; codes of its products are gathered", () => {
    const one = paper("SPL:ABC-1", "Zelpa", { identifiers: { setid: "ABC-1", rxcui: "1, 2" } });
    const two = paper("SPL:abc-1", "Zelpa", { identifiers: { setid: "abc-1", rxcui: "2, 3", ndc: "1-1" } });
    const { things } = mergeRecords([from("dailymed", one), from("openfda", two)], nothing);
    expect(things).toHaveLength(1);
    expect(things[0]!.document.identifiers).toMatchObject({ rxcui: "1, 2, 3", ndc: "1-1" });
  });

  test("nothing is lost, mixed up or doubled, whatever is told of it and in which order", () => {
    // Paper n has PMID n, PMC id n and DOI 10.9/n; a record tells some of them.
    const record = fc
      .record({
        n: fc.integer({ min: 1, max: 5 }),
        id: fc.nat(2),
        tells: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
      })
      .map(({ n, id, tells: [pmid, pmcid, doi] }) => {
        const identifiers = {
          ...(pmid ? { pmid: String(n) } : {}),
          ...(pmcid ? { pmcid: `PMC${n}` } : {}),
          ...(doi ? { doi: `10.9/${n}` } : {}),
        };
        return from("pubmed", paper([`PMID:${n}`, `PMC:PMC${n}`, `DOI:10.9/${n}`][id]!, `Paper ${n}`, { identifiers }));
      });
    fc.assert(
      fc.property(fc.array(record, { maxLength: 15 }), (records) => {
        const { things, notes } = mergeRecords(records, nothing);
        const keys = things.map(({ document }) => keysOf(document));
        for (const { document } of records) {
          const holding = things.filter((_, i) => keysOf(document).some((key) => keys[i]!.includes(key)));
          expect(holding.map((thing) => thing.document.title)).toEqual([document.title]);
        }
        expect(new Set(things.map(({ document }) => document.id)).size).toBe(things.length);
        expect(notes).toEqual([]);
      }),
    );
  });
});
