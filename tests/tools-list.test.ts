import type { Client } from "@modelcontextprotocol/client";
import { beforeAll, describe, expect, it } from "vitest";
import { openServer, SERVER_NAMES } from "../servers/commands/registry.ts";
import { TOOL_CALLS } from "./tool-calls.ts";
import { connected } from "../servers/kit/testing/connected.ts";

type Listed = Awaited<ReturnType<Client["listTools"]>>;

const lists = new Map<string, Listed>();
const about = new Map<string, { title: string | undefined; instructions: string | undefined }>();

beforeAll(async () => {
  for (const name of SERVER_NAMES) {
    const client = await connected(await openServer(name, {}));
    lists.set(name, await client.listTools());
    about.set(name, { title: client.getServerVersion()?.title, instructions: client.getInstructions() });
    await client.close();
  }
});

const tools = () => [...lists.values()].flatMap((list) => list.tools);

describe("tools/list of the five servers", () => {
  it("together take at most 24 kB", () => {
    const bytes = [...lists.values()].map((list) => Buffer.byteLength(JSON.stringify(list)));
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(24_000);
  });

  it("name the tools that programs rely on, at most seven a server", () => {
    const names = Object.fromEntries([...lists].map(([server, list]) => [server, list.tools.map((tool) => tool.name)]));
    expect(names).toEqual({
      "web-search": ["web_search"],
      "document-reader": ["read_document", "find_in_document"],
      "medical-retriever": [
        "search_medical_evidence",
        "get_medical_document",
        "find_related_evidence",
        "resolve_medical_entity",
      ],
      "clinical-reasoning": [
        "identify_findings",
        "rank_diagnoses",
        "add_evidence",
        "suggest_next_findings",
        "explain_diagnosis",
      ],
      "kg-explorer": [
        "describe_graph",
        "find_entities",
        "get_entity",
        "get_neighbors",
        "find_paths",
        "get_subgraph",
        "get_evidence",
      ],
    });
    const called = Object.entries(TOOL_CALLS).map(([server, calls]) => [server, calls.map(({ tool }) => tool)]);
    expect(Object.fromEntries(called)).toEqual(names);
  });

  it("describe each tool in a few sentences, with a title and annotations", () => {
    for (const tool of tools()) {
      expect(tool.name).toMatch(/^[a-z]+(_[a-z]+)+$/);
      expect(tool.name.length).toBeLessThanOrEqual(40);
      expect(tool.title, tool.name).toMatch(/\S/);
      expect(tool.description!.length, tool.name).toBeGreaterThan(100);
      expect(tool.description!.length, tool.name).toBeLessThanOrEqual(450);
      expect(tool.annotations, tool.name).toMatchObject({
        readOnlyHint: expect.any(Boolean),
        openWorldHint: expect.any(Boolean),
        idempotentHint: expect.any(Boolean),
      });
    }
  });

  it("give each tool an object as input, closed, and an object as output", () => {
    for (const { name, inputSchema, outputSchema } of tools()) {
      expect(inputSchema, name).toMatchObject({ type: "object", additionalProperties: false });
      expect(outputSchema, name).toMatchObject({ type: "object" });
      expect(outputSchema!.properties, name).toMatchObject({
        documents: { type: "array" },
        outcomes: { type: "array" },
      });
    }
  });

  it("take the main arguments that programs rely on", () => {
    const fields = new Map(tools().map((tool) => [tool.name, Object.keys(tool.inputSchema.properties!)]));
    const promised: Record<string, string[]> = {
      find_entities: ["query", "category", "limit"],
      get_entity: ["id"],
      get_neighbors: ["id", "predicates", "categories", "direction", "limit", "cursor"],
      find_paths: ["from", "to", "maxLength", "k", "mode"],
      search_medical_evidence: ["query", "limit", "sources", "lambda", "from", "to", "cursor"],
      get_medical_document: ["id", "sections"],
      resolve_medical_entity: ["name", "category"],
      identify_findings: ["text"],
      rank_diagnoses: ["observed", "excluded", "age", "sex", "limit"],
      read_document: ["source", "goal"],
      find_in_document: ["document", "query"],
      web_search: ["query", "limit"],
    };
    for (const [tool, names] of Object.entries(promised))
      expect(fields.get(tool), tool).toEqual(expect.arrayContaining(names));
  });

  it("come with a title and instructions for each server", () => {
    for (const [name, { title, instructions }] of about) {
      expect(title, name).toMatch(/\S/);
      expect(instructions?.length, name).toBeGreaterThan(50);
    }
  });
});
