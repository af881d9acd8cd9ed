/** What a search fetched live can be read, cited and found in by the other servers: they share one store. */
import type { Client } from "@modelcontextprotocol/client";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { ReadDocumentResult, SearchEvidenceResult } from "../schemas/index.ts";
import { openServer, type ServerName } from "../servers/commands/registry.ts";
import { connected } from "../servers/kit/testing/connected.ts";
import { useSteadyClock } from "../servers/kit/testing/steady-clock.ts";
import { startWorld, type World } from "../servers/medical-retriever/testing/world.ts";
import { workplace } from "./workplace.ts";

// Sources have four seconds: of what this process does, not of what the machine does beside it.
useSteadyClock();
const place = workplace();
let world: World;
const ending: (() => Promise<void>)[] = [];

beforeAll(async () => {
  world = await startWorld();
  for (const [name, value] of Object.entries(world.env)) vi.stubEnv(name, value);
  vi.stubEnv("MEDRESEARCHER_OFFLINE", "");
  vi.stubEnv("NCBI_API_KEY", "KEY");
});
afterAll(async () => {
  for (const end of ending) await end();
  await world.close();
  vi.unstubAllEnvs();
  place.remove();
});

async function open(name: ServerName): Promise<Client> {
  const factory = await openServer(name, { knowledge: "starter" });
  const client = await connected(factory);
  ending.push(async () => {
    await client.close();
    await factory.close();
  });
  return client;
}

async function call<T>(client: Client, name: string, args: Record<string, unknown>): Promise<T> {
  const { structuredContent, isError } = await client.callTool({ name, arguments: args });
  expect(isError).toBeFalsy();
  return structuredContent as T;
}

it("papers, trials and labels of a search are read by their ids, each quote where the reader says it stands", async () => {
  const retriever = await open("medical-retriever");
  const query = "zelpamab in vornitis";
  const found = await call<SearchEvidenceResult>(retriever, "search_medical_evidence", { query, limit: 20 });
  const live = found.documents.filter(({ fetchedAt }) => fetchedAt);
  expect(live.map(({ id }) => id.slice(0, id.indexOf(":")))).toEqual(expect.arrayContaining(["PMID", "PMC", "NCT"]));
  const asked = world.log.length;
  const reader = await open("document-reader");
  for (const { id, title } of live) {
    const read = await call<ReadDocumentResult>(reader, "read_document", { source: id, goal: query });
    expect(read.documents[0]).toMatchObject({ id, title });
    const quoted = found.passages.filter(({ document }) => document === id).map(({ text }) => text);
    const words = read.passages.map(({ text }) => text).join("\n");
    expect(quoted.filter((quote) => !words.includes(quote.slice(0, 40)))).toEqual([]);
  }
  expect(world.log).toHaveLength(asked);
});
