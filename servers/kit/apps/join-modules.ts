/**
 * Modules as one script. An MCP App is one HTML document that loads nothing, so the modules of its browser code are
 * written one after the other, each after those it imports, with their imports and the word `export` left out. They
 * share one scope: names at the top of a module must differ (a script with two of a kind does not start, and a test
 * sees that), and packages, default exports and renamed imports are refused.
 */
import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { dirname, resolve } from "node:path";

const IMPORT = /^import\b([^;]*?)\bfrom\s*["']([^"']+)["'];?$|^import\s*["']([^"']+)["'];?$/gm;
const EXPORT = /^export (?=(?:async )?(?:const|let|function|class)\b)/gm;

/** @param entry path of a module, TypeScript in the sources and JavaScript once compiled */
export function joinModules(entry: string): string {
  const parts: string[] = [];
  const seen = new Set<string>();
  const add = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    const source = plainSource(path);
    for (const [statement, names, from, bare] of source.matchAll(IMPORT)) {
      const specifier = (from ?? bare)!;
      if (!specifier.startsWith(".")) throw new Error(`${path} imports ${specifier}: an app holds no packages`);
      if (/\bas\b|\*|^\s*\w/.test(names ?? ""))
        throw new Error(`${path}: "${statement}" renames, which cannot be joined`);
      add(resolve(dirname(path), specifier));
    }
    parts.push(source.replaceAll(IMPORT, "").replaceAll(EXPORT, "").trim());
  };
  add(resolve(entry));
  return parts.join("\n");
}

function plainSource(path: string): string {
  const source = readFileSync(path, "utf8");
  return path.endsWith(".ts") ? stripTypeScriptTypes(source) : source.replace(/^\/\/# sourceMappingURL=.*$/m, "");
}
