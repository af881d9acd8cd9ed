import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const CLI = join(import.meta.dirname, "../../cli.ts");
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "kg-chains-"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function chains(...args: string[]) {
  return spawnSync(process.execPath, [CLI, "kg", "chains", ...args], { encoding: "utf8" });
}

function file(text: string): string {
  const path = join(folder, "graph.json");
  writeFileSync(path, text);
  return path;
}

describe("kg chains", () => {
  it("prints one JSON value for programs, and the path for people", () => {
    const nodes = ["OMIM:1", "HP:1", "OMIM:2"].map((id) => ({ id, category: "Disease" }));
    const edges = ["OMIM:1", "OMIM:2"].map((subject) => ({ subject, predicate: "has_phenotype", object: "HP:1" }));
    const path = file(JSON.stringify({ nodes, edges, seed: "OMIM:1" }));
    const { stdout, status } = chains("--graph", path, "--json", "--seconds", "60");
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      path: ["OMIM:1", "HP:1", "OMIM:2"],
      length: 2,
      bound: 2,
      optimal: true,
      ms: expect.any(Number),
    });
    expect(chains("--graph", path).stdout).toMatch(/OMIM:1 – HP:1 – OMIM:2\n2 edges; none is longer \(proven\)/);
  });

  it("fails with what is wrong, and with 2 where the call is", () => {
    const dangling = { nodes: [{ id: "a" }], edges: [{ subject: "a", object: "b" }] };
    const failed = chains("--graph", file(JSON.stringify(dangling)), "--json");
    expect(failed).toMatchObject({ status: 1, stdout: "" });
    expect(failed.stderr).toContain("b (edge 1)");
    expect(chains("--graph", join(folder, "nowhere.json")).status).toBe(1);
    expect(chains().status).toBe(2);
    expect(chains("--graph", "x", "--seconds", "-1").status).toBe(2);
  });
});
