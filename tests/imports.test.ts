import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import manifest from "../package.json" with { type: "json" };
import { packages, violations } from "./import-rules.ts";

const root = fileURLToPath(new URL("../", import.meta.url));

function sources(): [string, string][] {
  const folders = ["schemas", "servers", "host", "training", "evals"];
  const files = folders.flatMap((folder) => {
    try {
      return readdirSync(`${root}${folder}`, { recursive: true, encoding: "utf8" }).map((file) => `${folder}/${file}`);
    } catch {
      // A folder that a later part of the project brings.
      return [];
    }
  });
  const own = [...files, "cli.ts"].map((file) => file.replaceAll("\\", "/")).filter((file) => file.endsWith(".ts"));
  return own.map((file) => [file, readFileSync(`${root}${file}`, "utf8")]);
}

const shipped = () => sources().filter(([file]) => !/\.test\.ts$|\/(testing|bench|attacks)\//.test(file));

describe("the import rules", () => {
  it("hold", () => {
    const all = sources();
    expect(all.length).toBeGreaterThan(40);
    expect(violations(all)).toEqual([]);
  });

  it("let what ships import only what the package depends on", () => {
    const missing = [...packages(shipped())].filter(([name]) => !(name in manifest.dependencies));
    expect(missing).toEqual([]);
  });

  it.each([
    ["schemas/a.ts", 'import { x } from "lodash";'],
    ["schemas/a.ts", 'import { x } from "../servers/kit/index.ts";'],
    ["servers/kit/a.ts", 'import type {\n  X,\n  Y,\n} from "../knowledge/index.ts";'],
    ["servers/kg-explorer/tools/a.ts", 'export * from "../../web-search/index.ts";'],
    ["servers/kg-explorer/a.ts", 'const x = await import("../document-reader/index.ts");'],
    ["servers/knowledge/a.ts", 'import "../kg-explorer/main.ts";'],
    ["host/loop.ts", 'import { openKnowledge } from "../servers/knowledge/index.ts";'],
    ["evals/a.ts", 'import { x } from "../host/loop.ts";'],
    ["training/a.ts", 'import { x } from "../servers/kg-explorer/engine.ts";'],
    ["cli.ts", 'import { ask } from "./host/commands/ask.ts";'],
    ["cli.ts", 'const x = await import("./host/loop.ts");'],
  ])("catch a planted violation: %s with %s", (file, text) => {
    expect(violations([[file, `/** A file. */\nimport { join } from "node:path";\n${text}\n`]])).toHaveLength(
      file.startsWith("schemas") ? 2 : 1,
    );
  });

  it.each([
    ["servers/kg-explorer/tools/a.ts", 'import { x } from "../../kit/index.ts";'],
    ["servers/commands/a.ts", 'const x = await import("../kg-explorer/main.ts");'],
    ["host/commands/ask.ts", 'import { x } from "../loop.ts";'],
    ["training/a.ts", 'import { x } from "../servers/kg-explorer/index.ts";'],
    ["host/loop.test.ts", 'import { x } from "../servers/kit/index.ts";'],
    ["cli.ts", 'const x = await import("./host/commands/ask.ts");'],
  ])("let pass what is allowed: %s with %s", (file, text) => {
    expect(violations([[file, text]])).toEqual([]);
  });
});
