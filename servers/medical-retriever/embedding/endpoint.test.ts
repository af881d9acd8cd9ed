import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { httpClient, type HttpClient } from "../../kit/http/index.ts";
import { ToolError } from "../../kit/index.ts";
import { embeddingServer, wordVector, type EmbeddingServer } from "../testing/embedding-server.ts";
import { configuredEmbedder } from "./configured.ts";
import { cosine, normalise } from "./embedder.ts";
import { EndpointEmbedder } from "./endpoint.ts";

let folder: string;
let service: EmbeddingServer;
let http: HttpClient;
const { signal } = new AbortController();

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "embedding-"));
  service = await embeddingServer();
  http = httpClient({ cacheFile: false });
});
afterEach(async () => {
  vi.unstubAllEnvs();
  http.close();
  await service.close();
  rmSync(folder, { recursive: true });
});

const endpoint = (key?: string) => new EndpointEmbedder({ url: service.url, model: "words", key, client: http });

describe("an OpenAI-compatible endpoint", () => {
  test("gives vectors of length 1 in the order of the texts, whatever the order of the answer", async () => {
    const embedder = endpoint("secret");
    const [heart, again, other] = await embedder.embed(
      ["heart attack", "attack, heart!", "green leaves"],
      "query",
      signal,
    );
    expect(cosine(heart!, heart!)).toBeCloseTo(1);
    expect(cosine(heart!, again!)).toBeCloseTo(1);
    expect(cosine(heart!, other!)).toBeLessThan(0.5);
    expect(embedder.dimension).toBe(heart!.length);
    expect(service.calls).toMatchObject([{ model: "words", authorization: "Bearer secret" }]);
  });

  test("is asked in batches; a batch that is refused is asked in halves, a text that is too long is cut", async () => {
    service.instead = ({ input }, response) => {
      const isTooMuch = input.length > 16 || input.some((text) => text.length > 2000);
      if (isTooMuch) response.writeHead(400).end(JSON.stringify({ error: { message: "maximum context length" } }));
      return isTooMuch;
    };
    const texts = [...Array.from({ length: 70 }, (_, i) => `text ${i}`), "long ".repeat(1000)];
    const vectors = await endpoint().embed(texts, "document", signal);
    expect(vectors).toHaveLength(71);
    expect(cosine(vectors[70]!, normalise(Float32Array.from(wordVector("long"))))).toBeGreaterThan(0.99);
  });

  test("a service that is busy is asked again", async () => {
    service.instead = (_, response, n) => {
      if (n === 1) response.writeHead(429, { "retry-after": "0" }).end();
      return n === 1;
    };
    expect(await endpoint().embed(["one"], "query", signal)).toHaveLength(1);
    expect(service.calls).toHaveLength(2);
  });

  test.each([
    ["an HTML page", "<html>welcome</html>"],
    ["fewer vectors", JSON.stringify({ data: [{ index: 0, embedding: [1, 2] }] })],
    [
      "different lengths",
      JSON.stringify({
        data: [
          { index: 0, embedding: [1] },
          { index: 1, embedding: [1, 2] },
        ],
      }),
    ],
  ])("%s with status 200 is a failure that says what to check", async (_, body) => {
    service.instead = (_call, response) => Boolean(response.end(body));
    const failure = await endpoint()
      .embed(["one", "two"], "document", signal)
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ToolError);
    expect(failure).toMatchObject({
      reason: "unavailable",
      recovery: expect.stringContaining("MEDRESEARCHER_EMBEDDER"),
    });
  });

  test("stops when it is aborted", async () => {
    service.instead = () => true;
    const leaving = new AbortController();
    const answer = endpoint().embed(["one"], "query", leaving.signal);
    leaving.abort(new Error("enough"));
    await expect(answer).rejects.toThrow("enough");
  });
});

describe("which embedder is in use", () => {
  test.each([
    ["nothing is set", {}, undefined],
    ["none is wanted", { MEDRESEARCHER_EMBEDDER: "none" }, undefined],
    [
      "a model is named with an address",
      { MEDRESEARCHER_EMBEDDER: "m", MEDRESEARCHER_EMBEDDER_URL: "http://x/v1" },
      "m@x",
    ],
    ["the model's address is known", { MEDRESEARCHER_EMBEDDER: "m", OPENAI_BASE_URL: "http://y/v1" }, "m@y"],
  ])("%s", (_, environment, identity) => {
    vi.stubEnv("MEDRESEARCHER_HOME", folder);
    for (const name of ["MEDRESEARCHER_EMBEDDER", "MEDRESEARCHER_EMBEDDER_URL", "OPENAI_BASE_URL", "OPENAI_API_KEY"]) {
      vi.stubEnv(name, (environment as Record<string, string>)[name]);
    }
    expect(configuredEmbedder(http)?.identity).toBe(identity);
  });

  test("a name that nobody serves is said to be wrong", () => {
    vi.stubEnv("MEDRESEARCHER_EMBEDDER", "/no/such/folder");
    vi.stubEnv("OPENAI_BASE_URL", "");
    vi.stubEnv("OPENAI_API_KEY", "");
    expect(() => configuredEmbedder(http)).toThrow("MEDRESEARCHER_EMBEDDER_URL");
  });
});
