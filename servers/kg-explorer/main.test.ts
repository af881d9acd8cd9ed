import type { Client } from "@modelcontextprotocol/client";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { knowledgePath } from "../knowledge/index.ts";
import { kgExplorer } from "./index.ts";
import { openSmallGraph, SMALL } from "./testing/small-graph.ts";
import { connected } from "../kit/testing/connected.ts";

const home = mkdtempSync(join(tmpdir(), "kg-explorer-home-"));
const factory = kgExplorer({ knowledge: "small" });
let client: Client;

beforeAll(async () => {
  const { knowledge, remove } = openSmallGraph(SMALL);
  cpSync(knowledge.path, knowledgePath("small", home), { recursive: true });
  remove();
  vi.stubEnv("MEDRESEARCHER_HOME", home);
  client = await connected(factory);
});
afterAll(async () => {
  await client.close();
  await factory.close();
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true });
});

async function call(name: string, args: Record<string, unknown>) {
  const result = await client.callTool({ name, arguments: args });
  const [text] = result.content as { text: string }[];
  return { ...result, structured: result.structuredContent as Record<string, never>, json: JSON.parse(text!.text) };
}

describe("the server, spoken to by an MCP client", () => {
  it("lists seven tools in little space", async () => {
    const { tools } = await client.listTools();
    expect(tools.map((t) => t.name)).toEqual([
      "describe_graph",
      "find_entities",
      "get_entity",
      "get_neighbors",
      "find_paths",
      "get_subgraph",
      "get_evidence",
    ]);
    expect(JSON.stringify(tools).length).toBeLessThan(9000);
  });

  it.each([
    ["describe_graph", {}, "categories"],
    ["find_entities", { query: "Which drug contains sacubitrl?" }, "entities"],
    ["get_entity", { id: "DRUG:entresto" }, "relationCounts"],
    ["get_neighbors", { id: "DRUG:entresto" }, "relations"],
    ["find_paths", { from: "Sandoz", to: "Entresto" }, "paths"],
    ["get_subgraph", { ids: ["Entresto", "Novartis"] }, "relations"],
    ["get_evidence", { subject: "Entresto", object: "sacubitril" }, "passages"],
  ])("answers %s with structure and the same as text", async (name, args, list) => {
    const { structured, json, isError } = await call(name, args);
    expect(isError).toBeFalsy();
    expect(json).toEqual(structured);
    expect(structured[list]).not.toHaveLength(0);
    expect(structured["outcomes"]).toEqual([{ source: "graph", outcome: "found" }]);
  });

  it("takes arguments as models send them", async () => {
    const { structured } = await call("get_neighbors", {
      id: "Entresto",
      predicates: '["treats"]',
      direction: "",
      limit: "5",
      why: "curious",
    });
    expect(structured["relations"]).toHaveLength(1);
    expect(structured["notes"]).toEqual([expect.stringContaining("ignored unknown argument: why")]);
  });

  it("fails with what to do next", async () => {
    const { isError, json } = await call("get_entity", { id: "Marfan sindrome" });
    expect(isError).toBe(true);
    expect(json.error).toMatchObject({ reason: "not_found", recovery: expect.stringContaining("OMIM:154700") });
  });
});
