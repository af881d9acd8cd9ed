/** Who may import whom: the table of the README as code, judged from the import statements themselves. */
import { isBuiltin } from "node:module";
import { dirname, join } from "node:path/posix";

export interface Violation {
  file: string;
  imports: string;
  why: string;
}

/** Where a file belongs: `schemas`, `host`, `servers/kit`, `servers/kg-explorer`, `cli.ts` … */
function areaOf(path: string): string {
  const [top, second] = path.split("/");
  return top === "servers" && second !== undefined ? `servers/${second}` : top!;
}

/** What an area may import beside itself, as beginnings of paths. */
function allowedFor(area: string): string[] {
  switch (area) {
    case "schemas":
    case "servers/kit":
      return area === "schemas" ? [] : ["schemas/"];
    case "servers/knowledge":
      return ["schemas/", "servers/kit/"];
    case "servers/commands":
      return ["schemas/", "servers/"];
    case "host":
      return ["schemas/"];
    case "evals":
      return ["schemas/", "host/index.ts"];
    case "training":
      return ["schemas/", "host/index.ts", "evals/scorers/", "servers/kit/", "servers/knowledge/"];
    case "cli.ts":
      return [];
    default:
      return ["schemas/", "servers/kit/", "servers/knowledge/"];
  }
}

function judge(file: string, specifier: string, lazy: boolean): string | undefined {
  const area = areaOf(file);
  if (!specifier.startsWith(".")) {
    const isForeign = area === "schemas" && specifier !== "zod";
    return isForeign ? "schemas may import zod and nothing else" : undefined;
  }
  const target = join(dirname(file), specifier);
  if (areaOf(target) === area) return undefined;
  if (area === "cli.ts") {
    if (!/^(.+\/)?commands\//.test(target)) return "cli.ts may import commands only";
    return lazy ? undefined : "cli.ts must import commands lazily";
  }
  const isEngine = area === "training" && /^servers\/[^/]+\/index\.ts$/.test(target);
  const isAllowed = isEngine || allowedFor(area).some((beginning) => target.startsWith(beginning));
  return isAllowed ? undefined : `${area} may not import ${areaOf(target)}`;
}

const STATIC = /^\s*(?:import|export)\b[^;"'`]*?\bfrom\s*["']([^"']+)["']|^\s*import\s*["']([^"']+)["']/gm;
const DYNAMIC = /\bimport\(\s*["'`]([^"'`]+)["'`]\s*\)/g;

/** @param sources path from the root of the repository → text. Tests and what serves them alone may import anything. */
export function violations(sources: Iterable<[string, string]>): Violation[] {
  const found: Violation[] = [];
  for (const [file, text] of sources) {
    if (/\.test\.ts$|\/(testing|bench)\//.test(file)) continue;
    for (const [specifier, lazy] of specifiers(text)) {
      const why = judge(file, specifier, lazy);
      if (why) found.push({ file, imports: specifier, why });
    }
  }
  return found;
}

/** Every package that is imported and no part of Node, with one file that does. */
export function packages(sources: Iterable<[string, string]>): Map<string, string> {
  const found = new Map<string, string>();
  for (const [file, text] of sources) {
    for (const [specifier] of specifiers(text)) {
      if (specifier.startsWith(".") || isBuiltin(specifier)) continue;
      found.set(specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/"), file);
    }
  }
  return found;
}

function* specifiers(text: string): Generator<[specifier: string, lazy: boolean]> {
  for (const [, from, bare] of text.matchAll(STATIC)) yield [(from ?? bare)!, false];
  for (const [, specifier] of text.matchAll(DYNAMIC)) yield [specifier!, true];
}
