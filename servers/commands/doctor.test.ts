/** `doctor` as a user runs it, in a process of its own, beside servers that answer well, badly or not at all. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createHttp, type RequestListener } from "node:http";
import { createServer as createTcp, type AddressInfo, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { importSource } from "../knowledge/import.ts";
import { SOURCES } from "../knowledge/sources/index.ts";

const CLI = join(import.meta.dirname, "../../cli.ts");
const home = mkdtempSync(join(tmpdir(), "doctor-"));
const servers: Server[] = [];

beforeAll(async () => {
  const from = join(import.meta.dirname, "../knowledge/sources/testing/hpo-2025");
  await importSource({ source: SOURCES.get("hpo")!, from, home, seed: () => [] });
});
afterAll(() => {
  for (const server of servers) server.close();
  rmSync(home, { recursive: true, force: true });
});

interface Finding {
  check: string;
  state: string;
  message: string;
  todo?: string;
}

async function doctor(env: Record<string, string>, ...args: string[]) {
  const clean = { PATH: process.env["PATH"], HOME: home, MEDRESEARCHER_HOME: home, MEDRESEARCHER_OFFLINE: "1", ...env };
  const child = spawn(process.execPath, [CLI, "doctor", ...args], { env: clean });
  const [out, [code]] = await Promise.all([
    child.stdout.setEncoding("utf8").toArray(),
    once(child, "exit") as Promise<[number]>,
  ]);
  return { code, out: out.join("") };
}

async function findings(env: Record<string, string>, ...args: string[]) {
  const { code, out } = await doctor(env, "--json", ...args);
  const report = JSON.parse(out) as { ok: boolean; store: Record<string, unknown>; findings: Finding[] };
  expect(code).toBe(report.ok ? 0 : 1);
  const by = (check: string) => report.findings.find((f) => f.check === check);
  return { ...report, by };
}

async function listen(server: Server): Promise<string> {
  servers.push(server.listen(0, "127.0.0.1"));
  await once(server, "listening");
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const web = async (answer: RequestListener) => `http://${await listen(createHttp(answer))}`;

/** Redis as far as a greeting goes: it asks for a password where there is one. */
const redis = (password?: string) =>
  listen(
    createTcp((socket) => {
      let isIn = password === undefined;
      socket.on("data", (part) => {
        const text = part.toString();
        if (text.includes("AUTH")) {
          isIn = text.includes(`\r\n${password}\r\n`);
          socket.write(isIn ? "+OK\r\n" : "-WRONGPASS invalid\r\n");
        }
        if (text.includes("PING")) socket.write(isIn ? "+PONG\r\n" : "-NOAUTH Authentication required.\r\n");
      });
    }),
  );

describe("doctor", () => {
  it("says which store is in use, its version and size, and that nothing is wrong", async () => {
    const { ok, store, by } = await findings({});
    expect(ok).toBe(true);
    expect(store).toMatchObject({ kind: "embedded", knowledge: "home", entities: expect.any(Number) });
    expect(store["version"]).toMatch(/^format \d+$/);
    expect(store["bytes"]).toBeGreaterThan(1000);
    expect(by("search index")).toMatchObject({ state: "note", todo: expect.stringContaining("kg build") });
    const { out } = await doctor({});
    expect(out).toMatch(/✓ store .*embedded/);
    expect(out).toContain("nothing is wrong");
  });

  it("names a damaged store, with what to do", async () => {
    const broken = mkdtempSync(join(tmpdir(), "doctor-broken-"));
    const folder = join(broken, "knowledge", "home");
    mkdirSync(folder, { recursive: true });
    const counts = { documents: 0, entities: 1, relations: 0 };
    writeFileSync(
      join(folder, "manifest.json"),
      JSON.stringify({ version: 1, name: "home", revision: "1", sources: [], counts }),
    );
    writeFileSync(join(folder, "graph.db"), "no database at all".repeat(100));
    const { ok, by } = await findings({ MEDRESEARCHER_HOME: broken });
    expect(ok).toBe(false);
    expect(by("store")).toMatchObject({ state: "problem", todo: expect.stringContaining("import again") });
    writeFileSync(join(folder, "manifest.json"), "{");
    expect((await findings({ MEDRESEARCHER_HOME: broken })).by("knowledge")?.state).toBe("problem");
    rmSync(broken, { recursive: true });
  });

  it("tells a Neo4j that is away, or no address, without the password", async () => {
    const away = await findings({ NEO4J_URL: "bolt://127.0.0.1:1", NEO4J_PASSWORD: "secret-1" });
    expect(away.by("store")).toMatchObject({ state: "problem", message: expect.stringContaining("does not answer") });
    const wrong = await findings({ NEO4J_URL: "http://neo4j:secret-1@localhost:7474" });
    expect(wrong.by("store")).toMatchObject({ state: "problem", todo: expect.stringContaining("bolt://HOST:7687") });
    expect(JSON.stringify([away, wrong])).not.toContain("secret-1");
  });

  it("asks configured servers only with --live, and says what each answered", async () => {
    const meilisearch = await web((request, response) => {
      response.statusCode = request.headers.authorization === "Bearer key" ? 200 : 403;
      response.end('{"pkgVersion":"1.50.0"}');
    });
    const model = await web((_, response) => void response.end('{"data":[{"id":"small"}]}'));
    const env = {
      MEILISEARCH_URL: meilisearch,
      MEILISEARCH_KEY: "key",
      OPENAI_BASE_URL: `${model}/v1`,
      MEDRESEARCHER_MODEL: "small",
      REDIS_URL: `redis://:word@${await redis("word")}`,
    };
    expect((await findings(env)).by("Redis")).toMatchObject({
      state: "note",
      message: expect.stringContaining("not asked"),
    });
    const live = await findings(env, "--live");
    expect(live.ok).toBe(true);
    for (const name of ["Meilisearch", "model", "Redis"]) expect(live.by(name)?.state).toBe("ok");
  });

  it("asks every live source a real question: a refused key and an answer of another shape are problems", async () => {
    const pubmed = await web((_, response) => void response.writeHead(400).end('{"error":"API key invalid"}'));
    const icite = await web((_, response) => void response.end('{"data":[]}'));
    const converter = await web(
      (_, response) =>
        void response.end(
          '{"status":"ok","records":[{"requested-id":"PMC1182327","pmcid":"PMC1182327","pmid":16060722}]}',
        ),
    );
    const nobody = "http://127.0.0.1:9";
    const { by } = await findings(
      {
        MEDRESEARCHER_OFFLINE: "",
        NCBI_API_KEY: "secret-2",
        PUBMED_URL: pubmed,
        ICITE_URL: icite,
        IDCONV_URL: converter,
        EUROPEPMC_URL: nobody,
        PMC_OA_URL: nobody,
        OPENFDA_URL: nobody,
        DAILYMED_URL: nobody,
        CLINICALTRIALS_URL: nobody,
        RXNAV_URL: nobody,
      },
      "--live",
    );
    expect(by("PubMed")).toMatchObject({ state: "problem", todo: expect.stringContaining("NCBI_API_KEY") });
    expect(JSON.stringify(by("PubMed"))).not.toContain("secret-2");
    expect(by("iCite")).toMatchObject({ state: "problem", message: expect.stringContaining("no figures for PMID") });
    expect(by("id converter")).toMatchObject({
      state: "ok",
      message: expect.stringMatching(/resolves PMC1182327 \(\d+ ms\)/),
    });
    expect(by("RxNav")?.todo).toContain("correct or unset RXNAV_URL");
  });

  it("asks the providers of web search that are set up, and counts what is spent", async () => {
    const brave = await web((request, response) => {
      response.statusCode = request.headers["x-subscription-token"] === "secret-3" ? 200 : 401;
      response.end(
        '{"type":"search","web":{"results":[{"title":"Imatinib","url":"https://example.org/","description":"A drug"}]}}',
      );
    });
    const env = { MEDRESEARCHER_OFFLINE: "", BRAVE_URL: brave, MEDRESEARCHER_WEB_PROVIDERS: "brave,serper" };
    const good = await findings({ ...env, BRAVE_API_KEY: "secret-3" }, "--live");
    expect(good.by("brave")).toMatchObject({ state: "ok", message: expect.stringContaining("finds pages") });
    expect(good.by("serper")).toBeUndefined();
    const bad = await findings({ ...env, BRAVE_API_KEY: "secret-4" }, "--live");
    expect(bad.by("brave")).toMatchObject({ state: "problem" });
    expect(JSON.stringify([good, bad])).not.toMatch(/secret-[34]/);
    const wrong = await findings({ ...env, MEDRESEARCHER_WEB_PROVIDERS: "altavista" }, "--live");
    expect(wrong.by("web search")?.message).toContain("altavista");
  });

  it("asks the embedder that is configured", async () => {
    const embedder = await web((_, response) => {
      response.setHeader("content-type", "application/json");
      response.end('{"data":[{"index":0,"embedding":[0.6,0.8]}],"model":"small"}');
    });
    const env = { MEDRESEARCHER_EMBEDDER: "small", MEDRESEARCHER_EMBEDDER_URL: embedder };
    expect((await findings(env, "--live")).by("embedder")?.message).toContain("small gives vectors of 2 numbers");
    const wrong = { MEDRESEARCHER_EMBEDDER: "/no/such/folder" };
    expect((await findings(wrong, "--live")).by("embedder")).toMatchObject({ state: "problem" });
  });

  it("ends with 1 where one of them does not work, each with what to do", async () => {
    const searxng = await web((_, response) => void response.writeHead(403).end());
    const model = await web((_, response) => void response.end('{"data":[{"id":"small"}]}'));
    const { ok, by } = await findings(
      {
        SEARXNG_URL: searxng,
        OPENAI_BASE_URL: model,
        MEDRESEARCHER_MODEL: "large",
        MEILISEARCH_URL: "http://127.0.0.1:9",
        REDIS_URL: `redis://${await redis("word")}`,
        MEDRESEARCHER_READ_DIRS: "/no/such/folder",
      },
      "--live",
    );
    expect(ok).toBe(false);
    expect(by("searxng")?.todo).toContain("search.formats");
    expect(by("model")?.message).toContain("has no model large");
    expect(by("Meilisearch")?.state).toBe("problem");
    expect(by("Redis")?.todo).toContain("REDIS_URL");
    expect(by("read folder")?.state).toBe("problem");
  });
});
