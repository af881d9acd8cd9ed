/**
 * Modules as one script. An MCP App is one HTML document that loads nothing, so each module of its browser code becomes
 * a function that returns what it exports, and stands after those it imports. For code of our own, not for packages:
 * what this cannot join (packages, default exports, renamed imports, circles) it refuses.
 */
import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { dirname, resolve } from "node:path";

const IMPORT = /^import\s+\{([^}]*)\}\s+from\s*["']([^"']+)["'];?$/gm;
const EXPORT = /^export (?=(?:(?:async )?function\*?|const|let|class) (\w+))/gm;
const OTHER = /^(?:import|export)\b.*$/m;

/** @param entry path of the main module, TypeScript in the sources and JavaScript once compiled */
export function joinModules(entry: string): string {
  const written: string[] = [];
  /** Path → the name of what the module exports; undefined while it is being read. */
  const names = new Map<string, string | undefined>();

  const join = (path: string): string => {
    if (names.has(path)) return names.get(path) ?? refuse(path, "is imported in a circle");
    names.set(path, undefined);
    const { body, exported } = read(path);
    const name = `module${written.length + 1}`;
    written.push(`const ${name} = (() => {\n${body}\nreturn { ${exported.join(", ")} };\n})();`);
    names.set(path, name);
    return name;
  };

  const read = (path: string): { body: string; exported: string[] } => {
    const source = plainSource(path);
    const linked = source.replaceAll(IMPORT, (_, imported: string, from: string) => {
      if (!from.startsWith(".")) return refuse(path, `imports ${from}, and an app holds no packages`);
      if (/\bas\b/.test(imported)) return refuse(path, `renames in its import of ${from}`);
      const wanted = imported.trim();
      // What was imported for its types alone is gone by now.
      return wanted ? `const { ${wanted} } = ${join(resolve(dirname(path), from))};` : "";
    });
    const exported = [...linked.matchAll(EXPORT)].map(([, name]) => name!);
    const body = linked.replaceAll(EXPORT, "").trim();
    const left = OTHER.exec(body);
    return left ? refuse(path, `has "${left[0]}", which cannot be joined`) : { body, exported };
  };

  const main = read(resolve(entry)).body;
  return [...written, main].join("\n");
}

function plainSource(path: string): string {
  const source = readFileSync(path, "utf8");
  return path.endsWith(".ts") ? stripTypeScriptTypes(source) : source.replace(/^\/\/# sourceMappingURL=.*$/m, "");
}

function refuse(path: string, why: string): never {
  throw new Error(`${path} ${why}`);
}
