/** The import as a process just started does it: parsed and stored alone, or as the whole command, with its CPU time. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const ROOT = join(import.meta.dirname, "../..");

export interface Taken {
  /** Seconds by the clock, from before the start of the process to after its end. */
  wall: number;
  /** Of all its threads. */
  cpu: number;
}

/** What users run: the compiled program, where `npm run prepare` has made it. */
const [COMPILED, SOURCES] = [join(ROOT, "dist/cli.js"), join(ROOT, "cli.ts")];
export const program = existsSync(COMPILED) ? COMPILED : SOURCES;

/** `medresearcher data import`, with all that it derives. */
export function command(kind: string, file: string, home: string): Taken {
  return run([program, "data", "import", kind, "--from", file], home);
}

/** `importSource` into an empty folder, without starter and index. */
export function importAlone(file: string, home: string): Taken {
  const code = `import module from "node:module";
    module.enableCompileCache();
    const [{ importSource }, { pubmed }] = await Promise.all([import(${moduleAt("import")}), import(${moduleAt("sources/pubmed")})]);
    await importSource({ source: pubmed, from: ${JSON.stringify(file)}, home: ${JSON.stringify(home)}, seed: () => [] });`;
  // A file: threads would take over what says that the program is text.
  const script = `${home}.import.mjs`;
  writeFileSync(script, code);
  return run([script], home);
}

/** Of the same make as the program, as a literal. */
function moduleAt(name: string): string {
  const path = program === COMPILED ? `dist/servers/knowledge/${name}.js` : `servers/knowledge/${name}.ts`;
  return JSON.stringify(pathToFileURL(join(ROOT, path)));
}

/** @throws Error with what the process told, where it failed */
function run(args: string[], home: string): Taken {
  const used = `${home}.cpu.json`;
  const tell = `import { writeFileSync } from "node:fs";
    import { isMainThread } from "node:worker_threads";
    if (isMainThread) process.on("exit", () => writeFileSync(${JSON.stringify(used)}, JSON.stringify(process.cpuUsage())));`;
  const started = performance.now();
  const { status, stderr } = spawnSync(
    process.execPath,
    ["--import", `data:text/javascript,${encodeURIComponent(tell)}`, ...args],
    {
      encoding: "utf8",
      env: { ...process.env, MEDRESEARCHER_HOME: home },
    },
  );
  const wall = (performance.now() - started) / 1000;
  if (status !== 0) throw new Error(`a process that imports failed: ${stderr}`);
  const { user, system } = JSON.parse(readFileSync(used, "utf8")) as NodeJS.CpuUsage;
  return { wall, cpu: (user + system) / 1e6 };
}
