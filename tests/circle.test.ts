/**
 * The README's learning circle, command by command as it stands there, in a small size. What needs Python is run by
 * `npm run test:python`, which says so in the environment.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { withPython } from "../scripts/python/marker.ts";
import { workplace } from "./workplace.ts";

const CLI = fileURLToPath(new URL("../cli.ts", import.meta.url));
const place = workplace();
const servers: ChildProcess[] = [];
afterAll(async () => {
  for (const server of servers) {
    if (server.exitCode !== null || server.signalCode !== null) continue;
    const ended = once(server, "exit");
    server.kill();
    await ended;
  }
  place.remove();
});

/** The commands of the first block of the section, without their comments. */
const shown = (): string[] => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const section = readme.slice(readme.indexOf("## The learning circle"));
  const block = /```\n(medresearcher synth[\s\S]*?)```/.exec(section)![1]!;
  return block.split("\n").flatMap((line) => line.replace(/\s+#.*$/, "").trim() || []);
};

/** Worlds of 200 entities, a handful of questions, a model of a few steps, any free port. */
const SMALL: [RegExp, string][] = [
  [/\b(gym:\d+)\b/, "$1:200"],
  [/--count \d+/, "--count 8"],
  [/^(medresearcher train sft .*)$/, "$1 --preset tiny --steps 4 --threads 1"],
  [/^(medresearcher ask .*)"…"$/, "$1--max-steps 2 --json “Which gene causes it?”"],
];

/** Where the agent answers: a port that the system chose, known once it is served. */
let port = "0";

function argsOf(command: string): string[] {
  const small = SMALL.reduce((text, [pattern, by]) => text.replace(pattern, by), command).replaceAll("8100", port);
  return [...small.replace(/^medresearcher /, "").matchAll(/“([^”]*)”|(\S+)/g)].map((part) => part[1] ?? part[2]!);
}

const start = (args: string[]) => spawn(process.execPath, [CLI, ...args], { cwd: place.home, env: place.env });

async function run(args: string[]) {
  const child = start(args);
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (part: string) => (stdout += part));
  child.stderr.setEncoding("utf8").on("data", (part: string) => (stderr += part));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, stdout, stderr };
}

/** What is there afterwards, by the beginning of the command. */
const MADE: Record<string, string> = {
  "synth questions": "q.jsonl",
  "synth trajectories": "t.jsonl",
  "synth stats": "stats.html",
  "train dataset": "rows/train.jsonl",
  "train inspect": "rows.html",
  "train sft": "agent/model.safetensors",
  "eval run": "runs/planner/cells.jsonl",
  "eval report": "report.html",
};
/** How a command is run; what went wrong, if anything did. */
const WAYS = {
  async serve(args: string[]) {
    const child = start([...args, "--port", port, "--threads", "1"]);
    servers.push(child);
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (part: string) => (said += part));
    for await (const line of createInterface({ input: child.stdout })) {
      port = /^http:\/\/127\.0\.0\.1:(\d+)\/v1$/.exec(line)?.[1] ?? port;
      return port === "0" ? line : undefined;
    }
    return said;
  },
  /** A model of four steps answers nothing; that it was asked, and that the run ended in order, is the point. */
  async ask(args: string[]) {
    const { stdout, stderr } = await run(args);
    const { termination, usage } = JSON.parse(stdout) as { termination: string; usage: { promptTokens: number } };
    return usage.promptTokens > 0 && !/infrastructure|aborted/.test(termination)
      ? undefined
      : `${termination} ${stderr}`;
  },
  async make(args: string[]) {
    const { code, stderr } = await run(args);
    const file = MADE[`${args[0]} ${args[1]}`];
    const isMade = code === 0 && (!file || readFileSync(join(place.home, file)).length > 100);
    return isMade ? undefined : `exit code ${code}: ${stderr}`;
  },
};
const wayOf = (command: string) => WAYS[(/ (ask|serve) /.exec(command)?.[1] as "ask" | "serve" | undefined) ?? "make"];

const needsPython = (command: string) => /train (sft|serve)|--policy llm/.test(command);

// Each command takes what those before it made.
describe("the circle, as the README shows it", { shuffle: false }, () => {
  const commands = shown().filter((command) => command.startsWith("medresearcher "));

  it("goes from questions to a report, with a trained agent in the middle", () => {
    const said = commands.join("\n");
    for (const step of [...Object.keys(MADE), "synth verify", "train serve", "ask --policy llm"])
      expect(said).toContain(`medresearcher ${step}`);
  });

  for (const command of commands) {
    it.skipIf(needsPython(command) && !withPython())(`runs ${command}`, async () => {
      expect(await wayOf(command)(argsOf(command))).toBeUndefined();
    });
  }
});
