import { existsSync, readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { callOf, literature, question, type Literature, type LiteratureRequest } from "../testing/literature-server.ts";
import { searchAnswer } from "../testing/pubmed-server.ts";
import { pmc } from "./pmc.ts";
import { useSteadyClock } from "../../kit/testing/steady-clock.ts";

useSteadyClock();

let stub: Literature;
beforeEach(async () => {
  stub = await literature();
});
afterEach(() => stub.close());

const JATS = "../shared/data/pubmed/pmc3040717.jats.xml";

const article = (pmcid: string, body = "<body><sec><title>Results</title><p>The whole text.</p></sec></body>") =>
  `<article article-type="research-article"><front><article-meta><article-id pub-id-type="pmcid">${pmcid}</article-id><article-id pub-id-type="pmid">990000001</article-id><title-group><article-title>Zelpamab</article-title></title-group><abstract><p>In short.</p></abstract></article-meta></front>${body}</article>`;
const set = (...articles: string[]) =>
  `<?xml version="1.0"?><!DOCTYPE pmc-articleset PUBLIC "-//NLM//DTD ARTICLE SET 2.0//EN" "x.dtd"><pmc-articleset>${articles.join("")}</pmc-articleset>`;

interface World {
  hits?: string[];
  efetch?: string;
  /** By path within the bucket; what is not there is 404. */
  bucket?: Record<string, string>;
}

function world({ hits = [], efetch = set(), bucket = {} }: World): void {
  const none = '<ListBucketResult xmlns="s3"><KeyCount>0</KeyCount></ListBucketResult>';
  const stored = ({ path, parameters }: LiteratureRequest) => {
    if (path.endsWith("esearch.fcgi")) return searchAnswer(hits);
    if (path.endsWith("efetch.fcgi")) return efetch;
    return path === "/oa/" ? (bucket[`list ${parameters.get("prefix")}`] ?? none) : bucket[path.replace("/oa", "")];
  };
  stub.answer = (request, response) => {
    const found = stored(request);
    response.writeHead(found === undefined ? 404 : 200).end(found);
  };
}

/** Two versions, of which the tenth is the newest. */
const versions = (...names: string[]) =>
  `<ListBucketResult xmlns="s3">${names.map((name) => `<CommonPrefixes><Prefix>${name}/</Prefix></CommonPrefixes>`).join("")}</ListBucketResult>`;
const inBucket = (description: object, xml = article("PMC1")) => ({
  "list PMC1.": versions("PMC1.2", "PMC1.10"),
  "/PMC1.10/PMC1.10.json": JSON.stringify(description),
  "/PMC1.10/PMC1.10.xml": xml,
});

describe("fetch", () => {
  test("gives the full text, by the number without its letters", async () => {
    world({ efetch: set(article("PMC1")) });
    expect(await pmc.fetch!("PMC:PMC1", callOf(stub))).toMatchObject({
      id: "PMC:PMC1",
      sections: [
        { label: "Abstract", text: "In short." },
        { label: "Results", text: "The whole text." },
      ],
      fetchedAt: expect.any(String) as string,
    });
    expect(Object.fromEntries(stub.requests[0]!.parameters)).toMatchObject({
      db: "pmc",
      rettype: "xml",
      id: "1",
      api_key: "SECRET",
    });
  });

  test("a record without a body is no text: the bucket's newest version is read, with its licence and standing", async () => {
    world({
      efetch: set(article("PMC1", "")),
      bucket: inBucket({
        xml_url: "s3://pmc-oa-opendata/PMC1.10/PMC1.10.xml?md5=abc",
        license_code: "CC BY",
        is_retracted: true,
      }),
    });
    const document = await pmc.fetch!("PMC:PMC1", callOf(stub));
    expect(document).toMatchObject({ licence: "CC BY", integrity: "retracted" });
    expect(document?.sections.at(-1)?.text).toBe("The whole text.");
  });

  test("no address in the description leads out of the bucket", async () => {
    const elsewhere = new URL(process.env["PUBMED_URL"]!).origin;
    world({ efetch: set(article("PMC1", "")), bucket: inBucket({ xml_url: `${elsewhere}/../secret.txt` }) });
    await expect(pmc.fetch!("PMC:PMC1", callOf(stub))).rejects.toMatchObject({ reason: "no_full_text" });
    expect(stub.requests.every(({ path }) => /^\/(?:oa|eutils)\//.test(path))).toBe(true);
  });

  test("a text that nobody gives is no document: it is said why, and where the abstract is", async () => {
    world({ efetch: set(article("PMC1", "")) });
    await expect(pmc.fetch!("PMC:PMC1", callOf(stub))).rejects.toMatchObject({
      reason: "no_full_text",
      message: expect.stringContaining("does not allow") as string,
      recovery: "read its abstract as PMID:990000001",
      retryable: false,
    });
  });

  test("a bucket that is away is named as the reason", async () => {
    world({ efetch: set(article("PMC1", "")), bucket: { "list PMC1.": "<html>no list</html>" } });
    await expect(pmc.fetch!("PMC:PMC1", callOf(stub))).rejects.toThrow(/bucket of open articles/);
  });

  test("what PMC does not have is undefined", async () => {
    world({ efetch: set('<Reply Id="9" error="The following PMCID is not available: 9"/>') });
    expect(await pmc.fetch!("PMC:PMC9", callOf(stub))).toBeUndefined();
    expect(await pmc.fetch!("PMC:nonsense", callOf(stub))).toBeUndefined();
  });

  test.each([
    ["a web page", "<html><body>busy</body></html>", "rate_limited"],
    ["a prolog alone", '<?xml version="1.0"?>', "unavailable"],
    ["a torn answer", set(article("PMC1")).slice(0, -40), "unavailable"],
    ["a torn article", set(article("PMC1").replace("</sec>", "")), "unavailable"],
    ["an error", '{"error":"API rate limit exceeded"}', "rate_limited"],
  ])("%s is a failure that is tried again", async (_, body, reason) => {
    world({ efetch: body });
    await expect(pmc.fetch!("PMC:PMC1", callOf(stub, 1000))).rejects.toMatchObject({ reason, retryable: true });
  });

  test.skipIf(!existsSync(JATS))("a real article, as captured (skipped without ../shared/data)", async () => {
    stub.answer = (_, response) => response.end(readFileSync(JATS));
    const document = await pmc.fetch!("PMC:PMC3040717", callOf(stub));
    expect(document).toMatchObject({
      id: "PMC:PMC3040717",
      journal: "Cancer research",
      identifiers: { pmid: "20516115", doi: "10.1158/0008-5472.CAN-09-4563", pmcid: "PMC3040717" },
    });
    expect(document?.sections.map(({ text }) => text.length).reduce((a, b) => a + b)).toBeGreaterThan(20_000);
  });
});

describe("search", () => {
  test("full texts of open articles, all in one request, in the order of relevance", async () => {
    world({ hits: ["1", "2"], efetch: set(article("PMC2"), article("PMC1")) });
    const answer = await pmc.search(
      question("zelpamab in vorn disease", [{ text: "vorn disease" }], { from: "2020" }),
      callOf(stub),
    );
    expect(answer.documents.map(({ id }) => id)).toEqual(["PMC:PMC1", "PMC:PMC2"]);
    expect(answer).toMatchObject({ count: 2, notes: [] });
    expect(answer).not.toHaveProperty("degraded");
    const search = stub.asked("esearch.fcgi")[0]!.parameters;
    expect(search.get("term")).toBe(
      '("vorn disease"[ti] OR "vorn disease"[ab]) AND zelpamab AND "open access"[filter]',
    );
    expect(search.get("mindate")).toBe("2020");
    expect(stub.asked("efetch.fcgi").map(({ parameters }) => parameters.get("id"))).toEqual(["1,2"]);
  });

  test("a record without its text makes the answer degraded, with the reason", async () => {
    world({ hits: ["1", "2"], efetch: set(article("PMC1"), article("PMC2", "")) });
    const answer = await pmc.search(question("zelpamab"), callOf(stub));
    expect(answer.documents.map(({ id }) => id)).toEqual(["PMC:PMC1"]);
    expect(answer.degraded).toMatch(/PMC2 has no text that programs may read/);
  });

  test("an article that cannot be read takes no other with it", async () => {
    world({ hits: ["1", "2"], efetch: set(article("PMC1"), article("PMC2").replace("</sec>", "")) });
    const answer = await pmc.search(question("zelpamab"), callOf(stub));
    expect(answer.documents.map(({ id }) => id)).toEqual(["PMC:PMC1"]);
    expect(answer.degraded).toMatch(/could not be read/);
  });

  test("operators are kept; PubMed's field tags are none of its business", async () => {
    world({});
    await pmc.search(question("zelpamab OR vornitis"), callOf(stub));
    expect(stub.requests[0]!.parameters.get("term")).toBe('(zelpamab OR vornitis) AND "open access"[filter]');
    expect(pmc.inapplicable!(question("zelpamab[tiab]"))).toContain("PubMed");
  });

  test("nothing found is empty; a failure is an error", async () => {
    world({});
    expect(await pmc.search(question("zelpamab"), callOf(stub))).toEqual({ documents: [], count: 0, notes: [] });
    world({ hits: ["1"], efetch: "<html>busy</html>" });
    await expect(pmc.search(question("vornitis"), callOf(stub, 1000))).rejects.toMatchObject({ retryable: true });
  });
});
