import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { FindingsResult } from "../../../schemas/index.ts";
import type { ClinicalEngine } from "../engine.ts";
import { compileModel } from "../model/compile.ts";
import { identifyFindings as tool } from "../tools/identify-findings.ts";
import { Dictionary } from "./dictionary.ts";
import { identifyFindings } from "./findings.ts";
import { refineFindings } from "./refine.ts";

const { model } = compileModel({
  terms: [
    { id: "HP:0001945", label: "Fever", synonyms: ["Pyrexia"] },
    { id: "HP:0002315", label: "Headache" },
    { id: "HP:0002013", label: "Vomiting" },
  ],
  isA: [],
  diseases: [{ id: "D:1", name: "one" }],
  annotations: [{ disease: "D:1", term: "HP:0001945" }],
  inheritance: [],
  onsets: [],
});
const dictionary = new Dictionary(model);
const TEXT = "The boy was burning hot and threw up all day. His father's skull was splitting. Fever since Monday.";

let server: Server | undefined;
afterEach(() => {
  server?.close();
  vi.unstubAllEnvs();
});

/** A loopback endpoint that gives this answer to every request; and the requests that it saw. */
async function endpointThatSays(content: string, status = 200) {
  const seen: { model: string; messages: { content: string }[] }[] = [];
  server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (part: string) => (body += part));
    request.on("end", () => {
      seen.push(JSON.parse(body) as (typeof seen)[number]);
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify({ choices: [{ message: { role: "assistant", content } }] }));
    });
  });
  await new Promise<void>((resolve) => server!.listen(0, "127.0.0.1", resolve));
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, model: "reader", seen };
}

async function refined(content: string, status?: number) {
  const endpoint = await endpointThatSays(content, status);
  const { findings } = identifyFindings(model, dictionary, TEXT);
  const result = await refineFindings(model, dictionary, TEXT, findings, endpoint, new AbortController().signal);
  return { ...result, seen: endpoint.seen };
}

describe("what a language model adds", () => {
  it("is kept where the term exists and the words stand in the text", async () => {
    const { findings, refused, seen } = await refined(
      JSON.stringify({
        findings: [
          { quote: "threw up", label: "Vomiting" },
          { quote: "skull was splitting", label: "Headache", family: true },
          { quote: "burning hot", label: "Fever" },
        ],
      }),
    );
    expect(findings.map((f) => [f.label, f.text, f.proposed ?? false, f.family ?? false])).toEqual([
      ["Vomiting", "threw up", true, false],
      ["Headache", "skull was splitting", true, true],
      ["Fever", "Fever", false, false],
    ]);
    expect(refused).toBe(0);
    for (const { start, end, text } of findings) expect(TEXT.slice(start, end)).toBe(text);
    expect(seen[0]).toMatchObject({ model: "reader" });
    expect(seen[0]!.messages[1]!.content).toContain(TEXT);
  });

  it("is refused where the term or the words are made up", async () => {
    const { findings, refused } = await refined(
      `Here you are: ${JSON.stringify({
        findings: [
          { quote: "threw up", label: "Projectile hurling" },
          { quote: "vomited twice", label: "Vomiting" },
          { quote: "", label: "Headache" },
        ],
      })}`,
    );
    expect(findings.map((f) => f.label)).toEqual(["Fever"]);
    expect(refused).toBe(3);
  });

  it.each([
    ["no JSON", "I am sorry", 200, /JSON/u],
    ["another shape", '{"findings": [{"label": 7}]}', 200, /quote/u],
    ["a failing endpoint", "{}", 500, /500/u],
  ])("is an error where there is none: %s", async (_, content, status, message) => {
    await expect(refined(content, status)).rejects.toThrow(message);
  });
});

const run = async () => {
  const context = {
    engine: { model, dictionary } as ClinicalEngine,
    signal: new AbortController().signal,
    progress() {},
  };
  return (await tool.run({ text: TEXT }, context)) as FindingsResult;
};

describe("identify_findings with a model that the environment names", () => {
  it("says what the model added", async () => {
    const endpoint = await endpointThatSays('{"findings": [{"quote": "threw up", "label": "Vomiting"}]}');
    vi.stubEnv("OPENAI_BASE_URL", endpoint.baseUrl);
    vi.stubEnv("MEDRESEARCHER_MODEL", endpoint.model);
    const { findings, outcomes } = await run();
    expect(findings.map((f) => f.label)).toEqual(["Vomiting", "Fever"]);
    expect(outcomes[1]).toMatchObject({ source: "model reader", outcome: "found" });
  });

  it("keeps its own findings where the model fails, and says so", async () => {
    const endpoint = await endpointThatSays("", 503);
    vi.stubEnv("OPENAI_BASE_URL", endpoint.baseUrl);
    vi.stubEnv("MEDRESEARCHER_MODEL", endpoint.model);
    const { findings, outcomes } = await run();
    expect(findings.map((f) => f.label)).toEqual(["Fever"]);
    expect(outcomes[1]).toMatchObject({ source: "model reader", outcome: "unavailable" });
  });

  it("asks none where none is named", async () => {
    vi.stubEnv("OPENAI_BASE_URL", undefined);
    vi.stubEnv("MEDRESEARCHER_MODEL", undefined);
    expect((await run()).outcomes).toHaveLength(1);
  });
});
