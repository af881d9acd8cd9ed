import { existsSync, readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { callOf, literature, question, type Literature, type LiteratureRequest } from "../testing/literature-server.ts";
import { record, recordsAnswer, searchAnswer } from "../testing/pubmed-server.ts";
import { pubmed } from "./pubmed.ts";
import { pubmedRelated } from "./pubmed/related.ts";
import { useSteadyClock } from "../../kit/testing/steady-clock.ts";

useSteadyClock();

let stub: Literature;
beforeEach(async () => {
  stub = await literature();
});
afterEach(() => stub.close());

const paper = (pmid: string, more: { notices?: string } = {}) =>
  record({ pmid, title: `Fiction ${pmid}`, abstract: "<AbstractText>Text.</AbstractText>", ...more });
const idsIn = ({ parameters }: LiteratureRequest, name: string) => parameters.get(name)!.split(",");
const ids = (documents: readonly { id: string }[]) => documents.map(({ id }) => id);

/** PubMed with these hits for each search in turn, any record, and iCite with a ratio for the first. */
function world(...searches: string[][]): void {
  let n = 0;
  stub.answer = (request, response) => {
    if (request.path.endsWith("esearch.fcgi")) response.end(searchAnswer(searches[n++] ?? []));
    else if (request.path.endsWith("efetch.fcgi"))
      response.end(recordsAnswer(...idsIn(request, "id").map((id) => paper(id))));
    else {
      const data = [{ pmid: 990000001, relative_citation_ratio: 2.5, citation_count: 7 }];
      response.end(JSON.stringify({ data }));
    }
  };
}

describe("search", () => {
  test("gives records with their impact where it is known", async () => {
    world(["990000001", "990000002", "990000003", "990000004", "990000005"]);
    const answer = await pubmed.search(question("vornitis", [], { from: "2019" }), callOf(stub));
    expect(ids(answer.documents)).toHaveLength(5);
    expect(answer.documents[0]).toMatchObject({ id: "PMID:990000001", impact: { rcr: 2.5, citations: 7 } });
    expect(answer.documents[1]).not.toHaveProperty("impact");
    expect(answer).toMatchObject({ count: 5, notes: [] });
    expect(answer).not.toHaveProperty("degraded");
    expect(stub.asked("esearch.fcgi")[0]!.parameters.get("mindate")).toBe("2019");
  });

  test("iCite is asked while the records are on their way, not after them", async () => {
    world(["990000001", "2", "3", "4", "5"]);
    const plain = stub.answer;
    const asked = Promise.withResolvers<void>();
    stub.answer = (request, response, n) => {
      if (request.path.endsWith("pubs")) asked.resolve();
      if (request.path.endsWith("efetch.fcgi")) void asked.promise.then(() => plain(request, response, n));
      else plain(request, response, n);
    };
    // Else the records would never come.
    expect((await pubmed.search(question("vornitis"), callOf(stub))).documents).toHaveLength(5);
  });

  test("iCite away or silent: the records come soon, and a note says what is missing", async () => {
    world(["990000001", "2", "3", "4", "5"]);
    const plain = stub.answer;
    stub.answer = (request, response, n) =>
      request.path.endsWith("pubs") ? void response.writeHead(404).end() : plain(request, response, n);
    const away = await pubmed.search(question("vornitis"), callOf(stub));
    expect(away.documents).toHaveLength(5);
    expect(away.notes.join()).toMatch(/cited is not known/);
    // Silent.
    stub.answer = (request, response, n) => (request.path.endsWith("pubs") ? undefined : plain(request, response, n));
    world(["6", "7", "8", "9", "10"]);
    const answering = stub.answer;
    stub.answer = (request, response, n) =>
      request.path.endsWith("pubs") ? undefined : answering(request, response, n);
    const started = performance.now();
    const silent = await pubmed.search(question("zelpamab"), callOf(stub, 20_000));
    expect(silent.documents).toHaveLength(5);
    expect(silent.notes.join()).toContain("iCite has not answered yet");
    // As long as any request waits, were they waited for.
    expect(performance.now() - started).toBeLessThan(15_000);
  });

  test("few records: a looser form of the question is asked, and its records follow", async () => {
    world(["990000001"], ["990000002", "990000001", "3"]);
    const answer = await pubmed.search(
      question("zelpamab for vorn disease in older adults with gout", [{ text: "vorn disease" }]),
      callOf(stub),
    );
    expect(ids(answer.documents)).toEqual(["990000001", "990000002", "3"].map((pmid) => `PMID:${pmid}`));
    expect(stub.asked("esearch.fcgi").map(({ parameters }) => parameters.get("term"))).toEqual([
      '("vorn disease"[tiab] OR "vorn disease"[mh]) AND zelpamab AND older',
      '(("vorn disease"[tiab] OR "vorn disease"[mh]) AND (zelpamab OR older OR adults OR gout))',
    ]);
    expect(stub.asked("efetch.fcgi")).toHaveLength(1);
  });

  test("where the newest is asked for, the strict form is ordered by date", async () => {
    world(["990000001"], ["990000001", "990000002"]);
    await pubmed.search(question("latest evidence on zelpamab, vornitis and gout"), callOf(stub));
    const searches = stub
      .asked("esearch.fcgi")
      .map(({ parameters }) => [parameters.get("sort"), parameters.get("term")]);
    expect(searches[0]).toEqual(["pub_date", "zelpamab AND vornitis AND gout"]);
    expect(searches[1]?.[0]).toBe("relevance");
  });

  test("a looser form that fails makes the answer degraded, not lost", async () => {
    world(["990000001"]);
    const plain = stub.answer;
    stub.answer = (request, response, n) =>
      request.path.endsWith("esearch.fcgi") && n > 1
        ? void response.end('{"esearchresult":{"ERROR":"Search Backend failed"}}')
        : plain(request, response, n);
    const answer = await pubmed.search(question("zelpamab for vornitis in older adults"), callOf(stub));
    expect(ids(answer.documents)).toEqual(["PMID:990000001"]);
    expect(answer.degraded).toMatch(/looser form .*Backend failed/);
  });

  const CAPTURED = "../shared/data/pubmed/esearch.json";
  test.skipIf(!existsSync(CAPTURED))(
    "a real list of ids, as captured; a record that is not given is told",
    async () => {
      stub.answer = ({ path }, response) => {
        if (path.endsWith("esearch.fcgi")) response.end(readFileSync(CAPTURED));
        else response.end(path.endsWith("efetch.fcgi") ? recordsAnswer(paper("456")) : '{"data":[]}');
      };
      const answer = await pubmed.search(question("vornitis"), callOf(stub));
      expect(stub.asked("efetch.fcgi")[0]!.parameters.get("id")).toBe("123,456");
      expect(ids(answer.documents)).toEqual(["PMID:456"]);
      expect(answer).toMatchObject({ count: 2, notes: ["1 of the records that PubMed names it did not give"] });
    },
  );

  test("nothing found is empty; a failure of the first request is an error", async () => {
    world([], [], []);
    expect((await pubmed.search(question("vornitis"), callOf(stub))).documents).toEqual([]);
    expect(stub.asked("efetch.fcgi")).toEqual([]);
    stub.answer = (_, response) => response.writeHead(500).end();
    await expect(pubmed.search(question("zelpamab"), callOf(stub))).rejects.toMatchObject({
      reason: "unavailable",
    });
  });

  test("what PubMed ignored of the question is told; what it says of added names is not", async () => {
    stub.answer = (request, response) => {
      const errorlist = { phrasesnotfound: ["qqqq"], fieldsnotfound: [] };
      const warninglist = { quotedphrasesnotfound: ['"vorn inflammation"[tiab]'], outputmessages: ["No items found."] };
      response.end(
        request.path.endsWith("esearch.fcgi") ? searchAnswer([], { errorlist, warninglist }) : recordsAnswer(),
      );
    };
    const answer = await pubmed.search(question("qqqq in vornitis", [{ text: "vornitis" }]), callOf(stub));
    expect(answer.notes).toEqual(["not found in PubMed: qqqq"]);
  });

  test("an abort ends it at once, wherever it is", async () => {
    stub.answer = () => undefined;
    const controller = new AbortController();
    const asked = pubmed.search(question("vornitis"), callOf(stub, undefined, controller.signal));
    setTimeout(() => controller.abort(new Error("gone")), 50);
    const started = performance.now();
    await expect(asked).rejects.toThrow("gone");
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe("fetch", () => {
  const CAPTURE = "../shared/data/pubmed/efetch_22663011.xml";
  test.skipIf(!existsSync(CAPTURE))("a real record, as captured (skipped without ../shared/data)", async () => {
    stub.answer = ({ path }, response) =>
      response.end(path.endsWith("efetch.fcgi") ? readFileSync(CAPTURE) : '{"data":[]}');
    expect(await pubmed.fetch!("PMID:22663011", callOf(stub))).toMatchObject({
      title: "Improved survival with MEK inhibition in BRAF-mutated melanoma.",
      published: "2012-07-12",
      identifiers: { pmid: "22663011", doi: "10.1056/NEJMoa1203421" },
      related: { trial: ["NCT:NCT01245062"] },
      fetchedAt: expect.any(String) as string,
    });
  });

  test("by PMID and by DOI; unknown ids and DOIs with two records are undefined", async () => {
    world(["990000001"]);
    expect(await pubmed.fetch!("PMID:990000001", callOf(stub))).toMatchObject({ impact: { rcr: 2.5 } });
    expect(await pubmed.fetch!("DOI:10.9999/fiction", callOf(stub))).toMatchObject({ id: "PMID:990000001" });
    expect(stub.asked("esearch.fcgi")[0]!.parameters.get("term")).toBe('"10.9999/fiction"[doi]');
    world(["990000001", "990000002"]);
    expect(await pubmed.fetch!("DOI:10.9999/twice", callOf(stub))).toBeUndefined();
    stub.answer = (_, response) => response.end(recordsAnswer());
    expect(await pubmed.fetch!("PMID:990000009", callOf(stub))).toBeUndefined();
    expect(await pubmed.fetch!("PMID:nonsense", callOf(stub))).toBeUndefined();
  });
});

const links = (linkname: string, ...linked: (string | number)[]) =>
  JSON.stringify({
    linksets: [{ dbfrom: "pubmed", ids: ["1"], linksetdbs: [{ dbto: "pubmed", linkname, links: linked }] }],
  });

describe("pubmedRelated", () => {
  test("the newest of those that cite it, and how many there are", async () => {
    world();
    const plain = stub.answer;
    stub.answer = (request, response, n) =>
      request.path.endsWith("elink.fcgi")
        ? void response.end(links("pubmed_pubmed_citedin", "11", "33", "22"))
        : plain(request, response, n);
    const answer = await pubmedRelated("citing", "PMID:1", 2, callOf(stub));
    expect(ids(answer.documents)).toEqual(["PMID:33", "PMID:22"]);
    expect(answer.count).toBe(3);
    const { parameters } = stub.asked("elink.fcgi")[0]!;
    expect(parameters.get("cmd")).toBe("neighbor");
    expect(parameters.get("linkname")).toBe("pubmed_pubmed_citedin");
  });

  test("what it cites and what is similar keep PubMed's order, without itself; one link may come as the one", async () => {
    world();
    const plain = stub.answer;
    stub.answer = (request, response, n) => {
      if (!request.path.endsWith("elink.fcgi")) return plain(request, response, n);
      const linksetdbs = { linkname: request.parameters.get("linkname"), links: [1, 5, 3] };
      response.end(JSON.stringify({ linksets: { linksetdbs } }));
    };
    expect(ids((await pubmedRelated("similar", "PMID:1", 9, callOf(stub))).documents)).toEqual(["PMID:5", "PMID:3"]);
    stub.answer = (request, response, n) =>
      request.path.endsWith("elink.fcgi")
        ? void response.end(links("pubmed_pubmed_refs", 8))
        : plain(request, response, n);
    expect(ids((await pubmedRelated("cited", "PMID:1", 9, callOf(stub))).documents)).toEqual(["PMID:8"]);
  });

  test("no links are none; an error in a link set is a failure", async () => {
    stub.answer = (_, response) => response.end('{"linksets":[{"dbfrom":"pubmed","ids":["1"]}]}');
    expect(await pubmedRelated("citing", "PMID:1", 5, callOf(stub))).toEqual({ documents: [], notes: [], count: 0 });
    stub.answer = (_, response) => response.end('{"linksets":[{"ERROR":"error obtaining: backend timed out"}]}');
    await expect(pubmedRelated("cited", "PMID:1", 5, callOf(stub))).rejects.toMatchObject({
      reason: "unavailable",
    });
    stub.answer = (_, response) => response.end("<html>busy</html>");
    await expect(pubmedRelated("similar", "PMID:1", 5, callOf(stub, 1000))).rejects.toMatchObject({
      reason: "rate_limited",
    });
  });

  test("publications of a trial: those registered as its reports, else those that mention it", async () => {
    world(["990000001"]);
    expect(ids((await pubmedRelated("publications", "NCT:NCT00000001", 5, callOf(stub))).documents)).toHaveLength(1);
    expect(stub.asked("esearch.fcgi")[0]!.parameters.get("term")).toBe("NCT00000001[si]");
    world([], ["990000002"]);
    const mentions = await pubmedRelated("publications", "NCT:NCT00000002", 5, callOf(stub));
    expect(ids(mentions.documents)).toEqual(["PMID:990000002"]);
    expect(mentions.notes.join()).toContain("mention");
    await expect(pubmedRelated("publications", "PMID:1", 5, callOf(stub))).rejects.toMatchObject({
      reason: "invalid_arguments",
    });
  });

  test("corrections are what the record itself names", async () => {
    const notices =
      '<CommentsCorrections RefType="RetractionIn"><PMID>77</PMID></CommentsCorrections><CommentsCorrections RefType="CommentIn"><PMID>78</PMID></CommentsCorrections>';
    stub.answer = (request, response) =>
      response.end(
        request.path.endsWith("efetch.fcgi")
          ? recordsAnswer(...idsIn(request, "id").map((id) => paper(id, id === "1" ? { notices } : {})))
          : '{"data":[]}',
      );
    expect(ids((await pubmedRelated("corrections", "PMID:1", 5, callOf(stub))).documents)).toEqual(["PMID:77"]);
  });
});
