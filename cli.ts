#!/usr/bin/env node
/**
 * The command line: subcommand → lazily imported area. This file imports nothing but Node, so that it also runs under an
 * older Node: there it starts itself again under the one that the npm package `node` brings.
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import module, { createRequire } from "node:module";
import { constants } from "node:os";
import { join, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Command } from "commander";

const NODE_NEEDED = 24;

interface Entry {
  name: string;
  summary: string;
  load(): Promise<Command>;
}

const COMMANDS: Entry[] = [
  {
    name: "ask",
    summary: "answer a medical question with checked citations",
    load: async () => (await import("./host/commands/ask.ts")).askCommand(await hostParts()),
  },
  {
    name: "sessions",
    summary: "list, show and replay recorded sessions",
    load: async () => (await import("./host/commands/sessions.ts")).sessionsCommand(),
  },
  {
    name: "mcp",
    summary: "run one of the five MCP servers, over stdio or HTTP",
    load: async () => (await import("./servers/commands/mcp.ts")).mcpCommand(),
  },
  {
    name: "mcp-config",
    summary: "print the servers' configuration for Claude, Cursor or VS Code",
    load: async () =>
      (await import("./servers/commands/mcp-config.ts")).mcpConfigCommand(fileURLToPath(import.meta.url)),
  },
  {
    name: "data",
    summary: "import knowledge, and say what is there",
    load: async () => (await import("./servers/commands/data.ts")).dataCommand(),
  },
  {
    name: "index",
    summary: "the search index over the documents: how it stands, bring it up to date",
    load: async () => (await import("./servers/commands/index-command.ts")).indexCommand(),
  },
  {
    name: "kg",
    summary: "the knowledge graph: imports, counts, exports, longest chains",
    load: async () => (await import("./servers/commands/kg.ts")).kgCommand(),
  },
  {
    name: "reason",
    summary: "rank diseases for patients: phenopackets, or a case report",
    load: async () => (await import("./servers/commands/reason.ts")).reasonCommand(),
  },
  {
    name: "doctor",
    summary: "say which store is in use, what is there, and what does not work",
    load: async () => (await import("./servers/commands/doctor.ts")).doctorCommand(),
  },
  {
    name: "synth",
    summary: "questions with proofs, and trajectories over them",
    load: async () => (await import("./training/commands/synth.ts")).synthCommand(await hostParts()),
  },
  {
    name: "train",
    summary: "make training rows, train an agent on them, and serve it",
    load: async () => (await import("./training/commands/train.ts")).trainCommand(),
  },
  {
    name: "eval",
    summary: "run the host on benchmarks, score answers, report results",
    load: async () => (await import("./evals/commands/eval.ts")).evalCommand(await hostParts()),
  },
];

/** What the host is handed; the registry loads a server when it is opened. */
async function hostParts() {
  return (await import("./servers/commands/registry.ts")).hostParts;
}

/** `npm start` answers the showcase question, with options of `ask` where given; `npm start -- ask "…"` is any other command. */
function unstarted([first, ...rest]: string[]): string[] {
  if (first !== "start") return first === undefined ? [] : [first, ...rest];
  return rest[0] === undefined || rest[0].startsWith("-") ? ["ask", "--showcase", ...rest] : rest;
}

async function main(args: string[]): Promise<number> {
  const [name, ...rest] = unstarted(args);
  if (name === undefined || name === "help" || name === "--help" || name === "-h") {
    process.stdout.write(usage());
    return 0;
  }
  if (name === "--version" || name === "-V") {
    process.stdout.write(`${(await hostParts()).version}\n`);
    return 0;
  }
  const entry = COMMANDS.find((command) => command.name === name);
  if (!entry) {
    const kind = name.startsWith("-") ? "option" : "command";
    process.stderr.write(`error: unknown ${kind} '${name.slice(0, 80)}'\n\n${usage()}`);
    return 2;
  }
  const { runCommand } = await import("./servers/commands/run.ts");
  return runCommand(await entry.load(), `medresearcher ${name}`, rest);
}

function usage(): string {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length));
  const lines = COMMANDS.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return [
    "Usage: medresearcher <command> [options]",
    "",
    "Commands:",
    ...lines,
    "",
    "`medresearcher <command> --help` describes one. Data lives under MEDRESEARCHER_HOME (default ~/.medresearcher).",
    "",
  ].join("\n");
}

/** Runs this file under the Node of the npm package `node`, with the same terminal, signals and exit code. */
function restart(args: string[]): Promise<number> {
  const node = bundledNode();
  if (!node) {
    process.stderr.write(
      `error: medresearcher needs Node ${NODE_NEEDED} and this is ${process.version}; the npm package "node", which brings one, ` +
        "is not installed. Run `npm ci` without --ignore-scripts or --omit, or use a newer Node.\n",
    );
    return Promise.resolve(1);
  }
  const child = spawn(node, [...process.execArgv, fileURLToPath(import.meta.url), ...args], { stdio: "inherit" });
  // A terminal sends Ctrl-C to both processes; what is sent to this one alone is passed on.
  const terminal = process.stdin.isTTY || process.stderr.isTTY;
  process.on("SIGINT", () => terminal || child.kill("SIGINT"));
  for (const signal of ["SIGTERM", "SIGHUP"] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
}

function bundledNode(): string | undefined {
  try {
    const folder = dirname(createRequire(import.meta.url).resolve("node/package.json"));
    return [join(folder, "bin", "node"), join(folder, "bin", "node.exe")].find((file) => existsSync(file));
  } catch {
    return undefined;
  }
}

/** One clear line; the stack only for those who ask for it. */
function report(error: unknown): void {
  const recovery = (error as { recovery?: unknown } | undefined)?.recovery;
  const message = `${error instanceof Error ? error.message : String(error)}${typeof recovery === "string" ? `: ${recovery}` : ""}`;
  const detail = process.env["MEDRESEARCHER_DEBUG"] && error instanceof Error ? error.stack : message;
  process.stderr.write(`error: ${detail}\n`);
}

// A reader that has seen enough (`| head`) is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});
process.on("uncaughtException", (error) => {
  report(error);
  process.exit(1);
});

const old = Number.parseInt(process.versions.node, 10) < NODE_NEEDED;
if (!old) module.enableCompileCache?.();
try {
  process.exitCode = await (old ? restart : main)(process.argv.slice(2));
} catch (error) {
  report(error);
  process.exitCode = 1;
}
