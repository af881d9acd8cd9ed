/** The MCP Inspector's command line: one process for each list and call. */
import { execFile, execFileSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { CACHE } from "./servers.ts";
import { assertResult, check, type Check, type ForeignClient, type Target } from "./types.ts";

const PACKAGE = "@modelcontextprotocol/inspector@2";
const run = promisify(execFile);

export const inspectorClient: ForeignClient = async (targets) => {
  const inspector = installed();
  // Two at a time: each starts a process or two.
  const queue = targets.flatMap((target) => jobs(inspector, target));
  const checks: Check[] = [];
  const worker = async () => {
    for (let job = queue.shift(); job; job = queue.shift()) checks.push(await check(job.what, job.run));
  };
  await Promise.all([worker(), worker()]);
  return checks;
};

function jobs(inspector: string, target: Target) {
  const where = `${target.name} over ${target.transport}`;
  const call = async (...args: string[]) => {
    const place = target.transport === "http" ? [target.url] : target.command;
    const result = await run(
      process.execPath,
      [inspector, "--cli", ...place, "--transport", target.transport, ...args],
      {
        env: target.env,
        maxBuffer: 1e8,
        timeout: 60_000,
      },
    );
    return JSON.parse(result.stdout) as Record<string, unknown>;
  };
  const list = {
    what: `${where}: tools/list`,
    run: async () => {
      const { tools } = (await call("--method", "tools/list", "--strict")) as { tools: unknown[] };
      if (tools.length !== target.calls.length) throw new Error(`${tools.length} tools`);
    },
  };
  const calls = target.calls.map(({ tool, args }) => ({
    what: `${where}: ${tool}`,
    run: async () => {
      const pairs = Object.entries(args).flatMap(([key, value]) => ["--tool-arg", `${key}=${asText(value)}`]);
      assertResult(await call("--method", "tools/call", "--tool-name", tool, ...pairs));
    },
  }));
  return [list, ...calls];
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** The inspector's program, installed on first use: it is too heavy for a dependency. */
function installed(): string {
  const folder = join(CACHE, "inspector");
  const program = join(folder, "node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js");
  if (!existsSync(program)) {
    mkdirSync(folder, { recursive: true });
    execFileSync("npm", ["install", "--prefix", folder, "--no-save", "--ignore-scripts", "--silent", PACKAGE], {
      stdio: ["ignore", "ignore", "inherit"],
    });
  }
  if (!existsSync(program)) throw new Error(`MISSING PROGRAM: ${PACKAGE} could not be installed`);
  return program;
}
