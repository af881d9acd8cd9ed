/** `synth trajectories`: rollouts of the host over a file of questions, each bought once, killed and gone on with at will. */
import { availableParallelism } from "node:os";
import { Command, InvalidArgumentError, Option } from "commander";
import type { HostParts, PolicySettings } from "../../host/index.ts";
import type { QuestionRow } from "../../schemas/index.ts";
import type { Collected, Configuration, Progress } from "../synthesis/trajectories/index.ts";
import { progressLine } from "../../servers/kit/progress-line.ts";

interface Flags {
  questions: string;
  perQuestion: number;
  out: string;
  policy: "planner" | "llm";
  baseUrl?: string;
  model?: string;
  temperature?: number;
  view?: "full" | "compact";
  toolFormat?: "native" | "hermes";
  concurrency: number;
  guided: number;
  faults: number;
  seed: number;
  online?: boolean;
  maxSteps: number;
  maxToolCalls: number;
  maxSeconds: number;
  json?: boolean;
}

/** Room for eight hops with a fault here and there; time is no limit that a busy machine should change results by. */
const BUDGET = { steps: 40, toolCalls: 240, seconds: 900 };

export function synthTrajectoriesCommand(parts: HostParts): Command {
  return new Command("trajectories")
    .description("roll out the host over questions; a row per finished rollout, and a recorded session behind it")
    .requiredOption("--questions <file>", "questions with proofs, as `synth questions` writes them")
    .requiredOption("--out <file>", "rows are added to this .jsonl; what is there already is not done again")
    .option("--per-question <n>", "rollouts of each question", positiveInteger, 1)
    .addOption(new Option("--policy <name>", "who decides the steps").choices(["planner", "llm"]).default("planner"))
    .option("--base-url <url>", "an OpenAI-compatible endpoint for --policy llm (else OPENAI_BASE_URL)")
    .option("--model <name>", "the model's name there (else MEDRESEARCHER_MODEL)")
    .option("--temperature <number>", "sampling temperature", number)
    .addOption(new Option("--view <name>", "how results are shown to the model").choices(["full", "compact"]))
    .addOption(new Option("--tool-format <format>", "how a model is given tools").choices(["native", "hermes"]))
    .option("--concurrency <n>", "rollouts at once", positiveInteger, availableParallelism() * 2)
    .option("--guided <share>", "share of rollouts that are given the masked path; the others explore", share, 0.7)
    .option("--faults <rate>", "share of tool calls that are disturbed on purpose", share, 0.05)
    .option("--seed <n>", "decides arms and faults", wholeNumber, 0)
    .option("--online", "ask live sources too (PubMed, the web): rollouts then depend on the day")
    .option("--max-steps <n>", "turns in which tools are called", positiveInteger, BUDGET.steps)
    .option("--max-tool-calls <n>", "tool calls", positiveInteger, BUDGET.toolCalls)
    .option("--max-seconds <n>", "time", positiveInteger, BUDGET.seconds)
    .option("--json", "print one JSON value {wanted, done, before, correct, failures, stopped, seconds}")
    .action(async (flags: Flags, command: Command) => {
      process.exitCode = await run(flags, parts, command);
    });
}

async function run(flags: Flags, parts: HostParts, command: Command): Promise<number> {
  const usage = (message: string): never => command.error(`error: ${message}`, { exitCode: 2 });
  const { hostHome, loadPolicy, stopOnSignals } = await import("../../host/index.ts");
  const { collect } = await import("../synthesis/trajectories/index.ts");
  const questions = await readQuestions(flags.questions, command);
  const settings = settingsOf(flags, usage);
  const { guided, faults, seed, perQuestion, out, concurrency, online = false } = flags;
  // Before a server is opened: what is collected depends on the knowledge alone.
  if (!online) process.env["MEDRESEARCHER_OFFLINE"] = "1";
  const budget = { steps: flags.maxSteps, toolCalls: flags.maxToolCalls, seconds: flags.maxSeconds };
  const configuration: Configuration = { settings, budget, faults, guided, seed, online, version: parts.version };
  const policy = await (parts.loadPolicy ?? loadPolicy)(settings);
  const stop = stopOnSignals();
  const progress = progressLine(process.stderr);
  const began = performance.now();
  try {
    const { signal } = stop;
    const observe = (now: Progress) => progress.show(line(now, (performance.now() - began) / 1000));
    const collected = await collect({
      questions,
      perQuestion,
      out,
      home: hostHome(),
      concurrency,
      configuration,
      parts,
      policy,
      signal,
      observe,
    });
    progress.clear();
    report(collected, (performance.now() - began) / 1000, flags);
    return collected.done === collected.wanted ? 0 : 1;
  } finally {
    progress.clear();
    stop.release();
  }
}

async function readQuestions(file: string, command: Command): Promise<QuestionRow[]> {
  const { QuestionRow } = await import("../../schemas/index.ts");
  const { readInput } = await import("./input.ts");
  const rows = readInput(file, QuestionRow, command);
  if (new Set(rows.map((row) => row.id)).size < rows.length) {
    command.error(`error: ${file} holds two questions of one id`, { exitCode: 2 });
  }
  return rows;
}

function settingsOf(flags: Flags, usage: (message: string) => never): PolicySettings {
  if (flags.policy !== "llm") return { name: flags.policy };
  const { temperature, view, toolFormat } = flags;
  const model = flags.model ?? process.env["MEDRESEARCHER_MODEL"];
  const baseUrl = flags.baseUrl ?? process.env["OPENAI_BASE_URL"];
  if (!model) return usage("--policy llm needs a model: give --model NAME or set MEDRESEARCHER_MODEL");
  if (!baseUrl && !process.env["OPENAI_API_KEY"])
    usage("--policy llm needs an endpoint: give --base-url URL, or set OPENAI_BASE_URL or OPENAI_API_KEY");
  return {
    name: "llm",
    model,
    ...(baseUrl ? { baseUrl } : {}),
    ...(temperature === undefined ? {} : { temperature }),
    ...(toolFormat ? { toolFormat } : {}),
    ...(view ? { view } : {}),
  };
}

function line({ wanted, done, failures }: Progress, seconds: number): string {
  const failed = failures.length > 0 ? `, ${failures.length} without an end` : "";
  return `${done} of ${wanted} trajectories${failed} · ${seconds.toFixed(0)} s`;
}

function report(collected: Collected, seconds: number, { json, out }: Flags): void {
  const { wanted, done, before, correct, failures, stopped } = collected;
  if (json) {
    process.stdout.write(`${JSON.stringify({ ...collected, seconds: Math.round(seconds * 10) / 10 }, null, 2)}\n`);
  } else {
    const fresh = done - before;
    process.stdout.write(
      `${done} of ${wanted} trajectories in ${out}: ${before} were there, ${fresh} new (${correct} right) in ${seconds.toFixed(1)} s\n`,
    );
  }
  for (const [reason, all] of Map.groupBy(failures, (f) => f.reason)) {
    process.stderr.write(`warning: ${all.length} × ${reason}; the next run tries again\n`);
  }
  if (stopped) process.stderr.write(`stopped: ${stopped}; the same command goes on\n`);
}

function number(text: string): number {
  const value = text.trim() ? Number(text) : Number.NaN;
  if (!Number.isFinite(value) || value < 0) throw new InvalidArgumentError("Give a number from 0.");
  return value;
}

function share(text: string): number {
  const value = number(text);
  if (value > 1) throw new InvalidArgumentError("Give a number from 0 to 1.");
  return value;
}

function wholeNumber(text: string): number {
  const value = number(text);
  if (!Number.isSafeInteger(value)) throw new InvalidArgumentError("Give a whole number from 0.");
  return value;
}

function positiveInteger(text: string): number {
  const value = wholeNumber(text);
  if (value === 0) throw new InvalidArgumentError("Give a whole number above 0.");
  return value;
}
