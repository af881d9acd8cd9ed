/** `docker/compose.yaml`: what must hold of every service of it. That the servers work is tried on real ones elsewhere. */
import { readFileSync } from "node:fs";
import { load } from "js-yaml";
import { describe, expect, it } from "vitest";

interface Service {
  image: string;
  ports: string[];
  volumes: string[];
  environment: Record<string, string>;
  healthcheck: { test: string[]; retries: number };
}

const folder = new URL("../docker/", import.meta.url);
const text = readFileSync(new URL("compose.yaml", folder), "utf8");
const { services, volumes } = load(text) as { services: Record<string, Service>; volumes: Record<string, null> };
const example = readFileSync(new URL("env.example", folder), "utf8");

describe.each(Object.entries(services))("docker/compose.yaml: %s", (_, service) => {
  it("is of one version, listens on this machine alone, says when it is well and keeps its data", () => {
    expect(service.image).toMatch(/:v?\d+\.\d+/);
    for (const port of service.ports) expect(port).toMatch(/^127\.0\.0\.1:/);
    expect(service.healthcheck.test.length).toBeGreaterThan(1);
    const named = service.volumes.map((v) => v.split(":")[0]!).filter((v) => !v.startsWith("."));
    expect(named.length).toBeGreaterThan(0);
    for (const volume of named) expect(volumes).toHaveProperty(volume);
  });
});

describe("docker/compose.yaml", () => {
  it("has no password of its own: each must be set, and the example names it", () => {
    const needed = [...text.matchAll(/\$\{(\w+):\?/g)].map(([, name]) => name!);
    expect(needed.toSorted()).toEqual(["MEILISEARCH_KEY", "NEO4J_PASSWORD", "REDIS_PASSWORD", "SEARXNG_SECRET"]);
    for (const name of needed) expect(example).toMatch(new RegExp(`^${name}=$`, "m"));
  });

  it("gives Neo4j in the version that the tests run against", () => {
    const pom = readFileSync(new URL("../scripts/neo4j/pom.xml", import.meta.url), "utf8");
    const tested = /<version>(5[\d.]+)<\/version>/.exec(pom)![1]!;
    expect(services["neo4j"]!.image).toBe(`neo4j:${tested}-community`);
  });

  it("lets SearXNG answer with JSON", () => {
    const settings = load(readFileSync(new URL("searxng/settings.yml", folder), "utf8")) as {
      search: { formats: string[] };
    };
    expect(settings.search.formats).toContain("json");
  });
});
