/** `eval run`: the flags; what it does stands in run-benchmark.ts, loaded when it is needed. */
import { Command, Option } from "commander";
import { POLICY_NAMES, type HostParts } from "../../host/index.ts";
import { BadDataSet, findBenchmark } from "../benchmarks/index.ts";
import type { Mode } from "../scorers/index.ts";
import { BadRun } from "../run/manifest.ts";
import { OverBudget } from "../run/spending.ts";
import {
  address,
  fromZero,
  mode,
  NAMES,
  positive,
  positiveInteger,
  prices,
  withJudgeOptions,
  type JudgeFlags,
} from "./options.ts";

export interface RunFlags extends JudgeFlags {
  benchmark: string;
  data: string;
  out: string;
  mode?: Mode;
  policy?: string;
  baseUrl?: string;
  model?: string;
  temperature?: number;
  toolFormat?: "native" | "hermes";
  view?: "full" | "compact";
  prices?: [number, number];
  knowledge?: string;
  repeats?: number;
  limit?: number;
  tasks?: string;
  textOnly?: boolean;
  split?: "validation" | "test";
  concurrency: number;
  retryErrors?: boolean;
  maxCost?: number;
  maxCostPerTask?: number;
  maxSteps?: number;
  maxToolCalls?: number;
  maxTokens?: number;
  maxSeconds?: number;
  json?: boolean;
  quiet?: boolean;
}

export function runCommand(parts: HostParts): Command {
  const command = new Command("run")
    .description(
      "ask the host every question of a benchmark; a run that is stopped or killed goes on from where it was",
    )
    .requiredOption("--benchmark <name>", `one of ${NAMES}`)
    .requiredOption("--data <path>", "the benchmark's file as it was downloaded (`eval list` names it)")
    .requiredOption("--out <folder>", "where the run is recorded: run.json, cells.jsonl")
    .option(
      "--mode <mode>",
      "how answers are scored: official or robust (default: official for gaia, else robust)",
      mode,
    )
    .addOption(
      new Option("--policy <name>", "who decides the steps (default: planner, or llm where a model is given)").choices([
        ...POLICY_NAMES,
      ]),
    )
    .option("--base-url <url>", "an OpenAI-compatible endpoint for --policy llm (else OPENAI_BASE_URL)", address)
    .option("--model <name>", "the model's name there (else MEDRESEARCHER_MODEL)")
    .option("--temperature <number>", "sampling temperature", fromZero)
    .addOption(new Option("--tool-format <format>", "how the model is given tools").choices(["native", "hermes"]))
    .addOption(new Option("--view <name>", "how results are shown to the model").choices(["full", "compact"]))
    .option("--prices <in,out>", "US dollars per million tokens of the model", prices)
    .option(
      "--knowledge <name>",
      "which knowledge: starter, home, gym:SEED (default: what the questions were made from; else home if there is one, else starter)",
    )
    .option(
      "--repeats <n>",
      "how often each question is asked (default: as the benchmark's protocol has it)",
      positiveInteger,
    )
    .option("--limit <n>", "the first n tasks only", positiveInteger)
    .option("--tasks <file>", "only the tasks whose ids stand in this file, one a line")
    .option("--text-only", "gaia: only tasks without an attached file")
    .addOption(
      new Option("--split <name>", "gaia: which split of a folder that holds both").choices(["validation", "test"]),
    )
    .option("--concurrency <n>", "cells at a time", positiveInteger, 2)
    .option("--retry-errors", "run cells again that ended in an error or unscored")
    .option("--max-cost <dollars>", "for the whole run; refused before the start where it could be exceeded", positive)
    .option("--max-cost-per-task <dollars>", "for one task", positive)
    .option("--max-steps <n>", "per task: turns in which tools are called", positiveInteger)
    .option("--max-tool-calls <n>", "per task: tool calls", positiveInteger)
    .option("--max-tokens <n>", "per task: tokens of the model, in and out", positiveInteger)
    .option("--max-seconds <n>", "per task: time", positive)
    .option("--json", "print the summary as one JSON value")
    .option("--quiet", "no progress on stderr");
  return withJudgeOptions(command).action(async (flags: RunFlags, command: Command) => {
    const usage = (message: string): never => command.error(`error: ${message}`, { exitCode: 2 });
    const benchmark =
      findBenchmark(flags.benchmark) ?? usage(`there is no benchmark called ${flags.benchmark}; known: ${NAMES}`);
    const { runBenchmark } = await import("./run-benchmark.ts");
    try {
      process.exitCode = await runBenchmark(benchmark, flags, parts, usage);
    } catch (error) {
      if (error instanceof BadDataSet || error instanceof BadRun || error instanceof OverBudget) usage(error.message);
      throw error;
    }
  });
}
