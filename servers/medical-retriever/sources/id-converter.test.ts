import { afterEach, beforeEach, expect, test } from "vitest";
import { callOf, literature, type Literature } from "../testing/literature-server.ts";
import { convertIds } from "./id-converter.ts";
import { useSteadyClock } from "../../kit/testing/steady-clock.ts";

useSteadyClock();

let stub: Literature;
beforeEach(async () => {
  stub = await literature();
});
afterEach(() => stub.close());

const known = { pmid: 990000001, pmcid: "PMC9900001", doi: "10.9999/fiction.1" };
const ids = { pmid: "990000001", pmcid: "PMC9900001", doi: "10.9999/fiction.1" };

/** Answers as the converter does: a record for each id that was asked, by its kind. */
function convert(): void {
  stub.answer = ({ parameters }, response) => {
    const kind = parameters.get("idtype") as "pmid" | "pmcid" | "doi";
    const records = parameters
      .get("ids")!
      .split(",")
      .map((id) =>
        String(known[kind]) === id
          ? { ...known, "requested-id": id }
          : { "requested-id": id, status: "error", errmsg: "Identifier not found in PMC" },
      );
    response.end(JSON.stringify({ status: "ok", records }));
  };
}

test("any kind gives all kinds, under the spelling that was asked; what is unknown says so", async () => {
  convert();
  const found = await convertIds(
    ["PMID:990000001", "990000001", "PMC:PMC9900001", "doi:10.9999/FICTION.1", "PMID:5", "no id"],
    callOf(stub),
  );
  expect(Object.fromEntries(found)).toEqual({
    "PMID:990000001": ids,
    "990000001": ids,
    "PMC:PMC9900001": ids,
    "doi:10.9999/FICTION.1": ids,
    "PMID:5": { unresolved: "Identifier not found in PMC" },
    "no id": { unresolved: "is neither a PMID nor a PMC id nor a DOI" },
  });
});

test("PMC ids and bare ids are never mixed, and at most 200 go in one request, with who asks", async () => {
  convert();
  const pmids = Array.from({ length: 250 }, (_, i) => `PMID:${i + 1}`);
  await convertIds([...pmids, "PMC1", "PMC2"], callOf(stub));
  const sizes = stub.requests.map(({ parameters }) => [
    parameters.get("idtype"),
    parameters.get("ids")!.split(",").length,
  ]);
  expect(sizes).toEqual([
    ["pmid", 200],
    ["pmid", 50],
    ["pmcid", 2],
  ]);
  expect(stub.requests[0]!.parameters.get("tool")).toBe("medresearcher");
  for (const { parameters } of stub.requests) {
    const given = parameters.get("ids")!.split(",");
    expect(new Set(given.map((id) => id.startsWith("PMC"))).size).toBe(1);
  }
});

test("status 400 with a record for each id is an answer", async () => {
  stub.answer = (_, response) =>
    response
      .writeHead(400)
      .end('{"status":"error","records":[{"requested-id":"5","status":"error","errmsg":"Invalid id"}]}');
  expect(await convertIds(["5"], callOf(stub))).toEqual(new Map([["5", { unresolved: "Invalid id" }]]));
});

test("where a part of the requests fails, its ids say why; where all fail, so does the call", async () => {
  stub.answer = ({ parameters }, response) =>
    parameters.get("idtype") === "doi"
      ? response.end("<html>Too busy</html>")
      : response.end(JSON.stringify({ records: { ...known, "requested-id": "990000001" } }));
  const found = await convertIds(["990000001", "10.9999/x"], callOf(stub));
  expect(found.get("990000001")).toEqual(ids);
  expect(found.get("10.9999/x")).toMatchObject({ unresolved: expect.stringContaining("web page") as string });
  await expect(convertIds(["10.9999/y"], callOf(stub))).rejects.toMatchObject({ retryable: true });
});

test("nothing is asked for nothing", async () => {
  expect((await convertIds([], callOf(stub))).size).toBe(0);
  expect(stub.requests).toEqual([]);
});
