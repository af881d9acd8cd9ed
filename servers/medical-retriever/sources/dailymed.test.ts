import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { documentText } from "../../../schemas/index.ts";
import { liveService, questionOf, type LiveService, type Reply } from "../testing/live-service.ts";
import { listing, row, spl } from "../testing/spl-records.ts";
import { dailymed } from "./dailymed.ts";
import { withoutCopies } from "./dailymed/chosen.ts";
import { DAILYMED } from "./dailymed/listing.ts";
import { useSteadyClock } from "../../kit/testing/steady-clock.ts";

useSteadyClock();

let med: LiveService;
beforeEach(async () => {
  med = await liveService(DAILYMED);
});
afterEach(() => med.close());

const ZELPA = { Zelpa: { name: "zelpamab", category: "Drug" } };
const ask = (query = "dose of Zelpa", more = {}) => dailymed.search(questionOf(query, ZELPA, more), med.call());
const set = (n: number) => `0000000${n}-aaaa`;

/** Lists for names, and a label for every set id. */
function answers(lists: Record<string, Reply | ((page: number) => Reply)>, label?: (setid: string) => Reply) {
  med.answer = ({ path, parameters }) => {
    const setid = /^\/spls\/(.+)\.xml$/.exec(path)?.[1];
    if (setid) return label?.(setid) ?? { body: spl(setid, "Take 2<sup>1</sup>/<sub>2</sub> tablets.") };
    const list = lists[parameters["drug_name"]!.toLowerCase()];
    return (typeof list === "function" ? list(Number(parameters["page"])) : list) ?? { body: listing([]) };
  };
}

describe("search", () => {
  it("gives labels that name the drug as a word, though DailyMed finds names inside of others", async () => {
    const rows = [
      row(set(1), "HYDROZELPA (HYDROZELPAMINE) CREAM [FICTION INC.]"),
      row(set(2), "ZELPA (ZELPAMAB) TABLET, FILM COATED [FICTION INC.]"),
    ];
    answers({ zelpa: { body: listing(rows) } });
    const { documents, count } = await ask();
    expect(count).toBe(1);
    expect(documents.map(({ id }) => id)).toEqual([`SPL:${set(2)}`]);
    expect(documents[0]).toMatchObject({
      published: "2025-08-21",
      publisher: "Fiction Inc.",
      identifiers: { setid: set(2), ndc: "99999-101" },
      related: { application: ["NDA:NDA999999"], substance: ["UNII:FICTION001"] },
    });
    expect(documentText(documents[0]!)).toContain("Take 2 1/2 tablets.");
  });

  it("tries the preferred name where the asked one is in no list", async () => {
    answers({ zelpamab: { body: listing([row(set(3), "ZELPAMAB INJECTION [OTHER CO]")]) } });
    expect((await ask()).documents.map(({ id }) => id)).toEqual([`SPL:${set(3)}`]);
  });

  it("reads further pages; `null` as a text is no page", async () => {
    const pages = [[row(set(1), "HYDROZELPA CREAM [A]")], [row(set(2), "ZELPA (ZELPAMAB) GEL [B]")]];
    answers({ zelpa: (page) => ({ body: listing(pages[page - 1]!, { page, pages: 2, total: 2 }) }) });
    expect((await ask()).documents.map(({ id }) => id)).toEqual([`SPL:${set(2)}`]);
    expect(med.asked.filter(({ path }) => path === "/spls.json")).toHaveLength(2);
  });

  it("one label of each product: the maker's and the newest, and says how many it left out", async () => {
    const rows = [
      row(set(1), "ZELPAMAB (ZELPAMAB) TABLET [A-S MEDICATION SOLUTIONS]", "Jan 5, 2026"),
      row(set(2), "ZELPA (ZELPAMAB) TABLET [BRYANT RANCH PREPACK]", "Feb 5, 2026"),
      row(set(3), "ZELPA (ZELPAMAB) TABLET [FICTION INC.]", "Mar 1, 2024"),
      row(set(4), "ZELPAMAB (ZELPAMAB) TABLET [GENERIC CO]", "Mar 1, 2026"),
      row(set(5), "ZELPAMAB (ZELPAMAB) SOLUTION [GENERIC CO]", "Mar 1, 2023"),
    ];
    answers({ zelpa: { body: listing(rows) } });
    const { documents, notes } = await ask();
    expect(documents.map(({ id }) => id)).toEqual([`SPL:${set(3)}`, `SPL:${set(5)}`]);
    expect(notes[0]).toContain("3 more labels of zelpamab");
  });

  it("keeps to the dates asked for", async () => {
    const rows = [row(set(1), "ZELPA (ZELPAMAB) GEL [A]", "Mar 1, 2019"), row(set(2), "ZELPA (ZELPAMAB) PEN [A]")];
    answers({ zelpa: { body: listing(rows) } });
    expect((await ask("dose of Zelpa", { from: "2024" })).documents.map(({ id }) => id)).toEqual([`SPL:${set(2)}`]);
  });

  it("no label is an empty answer; a question without a drug is none for DailyMed", async () => {
    answers({});
    expect(await ask()).toMatchObject({ documents: [], count: 0 });
    expect(
      dailymed.inapplicable!(questionOf("What causes vornitis?", { vornitis: { category: "Disease" } })),
    ).toContain("no drug");
  });
});

describe("what goes wrong", () => {
  const page = { body: "<!DOCTYPE html><html>We are sorry</html>" };

  it("a label that cannot be read leaves the others, and is told", async () => {
    const rows = [row(set(1), "ZELPA (ZELPAMAB) GEL [A]"), row(set(2), "ZELPA (ZELPAMAB) PEN [A]")];
    answers({ zelpa: { body: listing(rows) } }, (setid) =>
      setid === set(1) ? { body: spl(setid, "x").slice(0, 400) } : { body: spl(setid, "Whole.") },
    );
    const answer = await dailymed.search(questionOf("dose of Zelpa", ZELPA), med.call());
    expect(answer.documents.map(({ id }) => id)).toEqual([`SPL:${set(2)}`]);
    expect(answer.degraded).toContain("could not be read");
  });

  it("survives rows of any shape", async () => {
    const row = fc.dictionary(fc.constantFrom("setid", "title", "spl_version", "published_date"), fc.jsonValue());
    const rows = [...fc.sample(fc.oneof(fc.jsonValue(), row), 300), { setid: set(1), title: "ZELPA [A]" }];
    answers({ zelpa: { body: { data: rows, metadata: "none" } } });
    expect((await ask()).documents.map(({ id }) => id)).toEqual([`SPL:${set(1)}`]);
  });

  it("a page of the list that cannot be read leaves the others, and is told", async () => {
    const first = [row(set(1), "ZELPA (ZELPAMAB) GEL [A]")];
    answers({ zelpa: (n) => (n === 1 ? { body: listing(first, { pages: 2, total: 150 }) } : page) });
    const answer = await dailymed.search(questionOf("dose of Zelpa", ZELPA), med.call());
    expect(answer.documents).toHaveLength(1);
    expect(answer.degraded).toBe("a part of the list of labels is missing");
  });

  it.each([
    ["a web page", page],
    ["a list that was cut off", { body: '{"data":[{"setid":"1' }],
    ["another shape", { body: [] }],
    ["an error", { status: 500, body: "" }],
  ])("%s is a failure, no empty answer", async (_, reply) => {
    med.answer = () => reply;
    const failing = dailymed.search(questionOf("dose of Zelpa", ZELPA), med.call());
    await expect(failing).rejects.toMatchObject({ reason: "unavailable", retryable: true });
  });
});

describe("by id", () => {
  it("gives the label; undefined where there is none", async () => {
    answers({}, (setid) => (setid === set(9) ? { status: 404, body: "not found" } : { body: spl(setid, "Text.") }));
    expect((await dailymed.fetch!(`SPL:${set(1)}`, med.call()))?.id).toBe(`SPL:${set(1)}`);
    expect(await dailymed.fetch!(`SPL:${set(9)}`, med.call())).toBeUndefined();
    expect(await dailymed.fetch!("SPL:../../etc/passwd", med.call())).toBeUndefined();
  });
});

const listed = (product: string, labeler = "A") => ({
  setid: product + labeler,
  title: product,
  version: 1,
  published: "2025-01-01",
  product,
  labeler,
});

it("products are told apart by content and form, whatever they are called", () => {
  const kept = withoutCopies([
    listed("QUELLO (QUELLOMAB AND ZELPAMAB) TABLET"),
    listed("QUELLOMAB AND ZELPAMAB (QUELLOMAB AND ZELPAMAB) TABLET", "B"),
    listed("QUELLO (QUELLOMAB AND ZELPAMAB) CAPSULE"),
    listed("QUELLO XR (QUELLOMAB) TABLET, EXTENDED RELEASE"),
  ]);
  expect(kept.map(({ product }) => product)).toEqual([
    "QUELLO XR (QUELLOMAB) TABLET, EXTENDED RELEASE",
    "QUELLO (QUELLOMAB AND ZELPAMAB) CAPSULE",
    "QUELLO (QUELLOMAB AND ZELPAMAB) TABLET",
  ]);
});

const REAL = "../shared/data/fda/lipitor.spl.xml";
const OLD = "../shared/data/fda/cough.spl.xml";
describe.skipIf(!existsSync(REAL))("a recorded label", () => {
  it("of an older layout, by its set id", async () => {
    const body = readFileSync(OLD, "utf8");
    const setid = /<setId root="([^"]+)"/i.exec(body)![1]!.toLowerCase();
    answers({}, () => ({ body }));
    const document = await dailymed.fetch!(`SPL:${setid}`, med.call());
    expect(document).toMatchObject({ id: `SPL:${setid}`, publicationTypes: ["Drug Label"] });
    expect(document!.sections.map(({ label }) => label)).toContain("Products");
  });

  it("is read as its import reads it", async () => {
    const body = readFileSync(REAL, "utf8");
    const setid = /<setId root="([^"]+)"/.exec(body)![1]!.toLowerCase();
    answers(
      { lipitor: { body: listing([row(setid, "LIPITOR (ATORVASTATIN CALCIUM) TABLET, FILM COATED [PFIZER]")]) } },
      () => ({
        body,
      }),
    );
    const lipitor = { Lipitor: { name: "atorvastatin", category: "Drug" } };
    const { documents } = await dailymed.search(questionOf("interactions of Lipitor", lipitor), med.call());
    expect(documents[0]!.id).toBe(`SPL:${setid}`);
    expect(documents[0]!.title).toMatch(/lipitor/i);
    expect(documents[0]!.sections.some(({ label }) => /drug interactions/i.test(label))).toBe(true);
  });
});
