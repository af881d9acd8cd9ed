/** What `eval run` does once its flags are read: data set, servers, plan, budget, cells, summary. */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import type { Budget, CellRecord, Task } from "../../schemas/index.ts";
import {
  DEFAULT_BUDGET,
  hostHome,
  inProcess,
  loadPolicy,
  openPool,
  stopOnSignals,
  type HostParts,
  type PolicySettings,
  type ToolPool,
} from "../../host/index.ts";
import type { Benchmark, LoadedSet } from "../benchmarks/index.ts";
import { judgeEndpoint, PROMPT_VERSION } from "../judge/index.ts";
import { constantBaseline } from "../report/baseline.ts";
import { summarise } from "../report/summary.ts";
import { summaryLines } from "../report/text.ts";
import { Cells, readCells } from "../run/cells.ts";
import { execute, missing, plan, spent } from "../run/execute.ts";
import { readManifest, writeManifest, type Configuration, type Manifest } from "../run/manifest.ts";
import { budgetWithin } from "../run/spending.ts";
import type { Mode } from "../scorers/index.ts";
import { judgeSettings } from "./options.ts";
import type { RunFlags } from "./run.ts";

type Usage = (message: string) => never;

/** @returns the exit code: 0 where every cell has a verdict or is unscored, 1 where one is missing or ended in an error */
export async function runBenchmark(
  benchmark: Benchmark,
  flags: RunFlags,
  parts: HostParts,
  usage: Usage,
): Promise<number> {
  const { textOnly = false, split, quiet = false } = flags;
  const judge = judgeSettings(flags);
  if (judge && !hasJudge(benchmark)) usage(`${benchmark.name} has no judge: leave --judge-model out`);
  const set = await benchmark.load(flags.data, { textOnly, ...(split ? { split } : {}) });
  const tasks = chosen(set, flags, usage);
  const settings = policySettings(flags, usage);
  const knowledge = await knowledgeOf(flags.knowledge ?? set.knowledge, parts, usage);
  // Nothing outside knows of a made-up world: asking would cost time, and tell others its questions.
  if (knowledge.startsWith("gym:")) process.env["MEDRESEARCHER_OFFLINE"] = "1";
  process.env["MEDRESEARCHER_BLOCKED"] = benchmark.blocked.join(",");
  const encrypted = benchmark.access === "encrypted";
  // Addresses that are asked for hold words of the question.
  if (encrypted) process.env["MEDRESEARCHER_NO_CACHE"] = "1";
  const stop = stopOnSignals();
  const factories = await parts.openServers({ knowledge });
  const pool = await openPool(inProcess(factories), { signal: stop.signal });
  try {
    const mode = flags.mode ?? (benchmark.scorer === "gaia" ? "official" : "robust");
    const scorer = scorerName(benchmark, mode, judge?.model);
    const configuration = configure({
      benchmark,
      set,
      scorer,
      settings,
      budget: budgetOf(flags),
      knowledge,
      pool,
      version: parts.version,
    });
    const repeats = flags.repeats ?? benchmark.repeats;
    const all = plan(configuration, tasks, repeats);
    mkdirSync(flags.out, { recursive: true });
    const cells = new Cells(flags.out, warn);
    try {
      const todo = missing(all, cells.done, flags.retryErrors ?? false);
      // Refused before anything is written or bought.
      const ceiling = {
        total: flags.maxCost,
        perTask: flags.maxCostPerTask,
        cells: todo.length,
        spent: spent(cells.done.values()),
      };
      const budget = budgetWithin(settings, budgetOf(flags), ceiling);
      const manifest = writeManifest(
        flags.out,
        planned(benchmark, set, everPlanned(flags.out, set, tasks), repeats, configuration),
      );
      const say = quiet ? () => undefined : progress(all.length, all.length - todo.length);
      const whole = await execute(todo, {
        cells,
        researcher: {
          home: hostHome(),
          pool,
          policy: await (parts.loadPolicy ?? loadPolicy)(settings),
          settings,
          knowledge,
          budget,
          version: parts.version,
          unrecorded: encrypted,
          signal: stop.signal,
        },
        scoring: { benchmark, mode, signal: stop.signal, ...(judge ? { ask: judgeEndpoint(judge) } : {}) },
        scorer,
        concurrency: flags.concurrency,
        maxCost: flags.maxCost,
        recorded: say,
      });
      return conclude(manifest, flags, whole, stop.signal.aborted);
    } finally {
      cells.close();
    }
  } finally {
    stop.release();
    await pool.close();
    await Promise.allSettled(factories.map((factory) => factory.close()));
  }
}

function warn(message: string): void {
  process.stderr.write(`warning: ${message}\n`);
}

function conclude(manifest: Manifest, { out, json }: RunFlags, whole: boolean, stopped: boolean): number {
  const summary = summarise(manifest, readCells(out));
  process.stdout.write(json ? `${JSON.stringify(summary, null, 2)}\n` : `${summaryLines(summary).join("\n")}\n`);
  if (stopped) process.stderr.write("stopped; the same command goes on from here\n");
  else if (!whole)
    process.stderr.write("--max-cost is reached; the same command with a higher one goes on from here\n");
  if (summary.errors > 0)
    process.stderr.write(`${summary.errors} cells ended in an error; --retry-errors runs them again\n`);
  return whole && summary.errors === 0 ? 0 : 1;
}

function chosen({ tasks }: LoadedSet, { tasks: file, limit }: RunFlags, usage: Usage): Task[] {
  if (file === undefined) return tasks.slice(0, limit);
  const wanted = new Set(readFileSync(file, "utf8").split(/\s+/).filter(Boolean));
  const found = tasks.filter(({ id }) => wanted.has(id));
  if (found.length < wanted.size)
    usage(`${file}: ${wanted.size - found.length} of ${wanted.size} ids are no tasks of this data set`);
  return found.slice(0, limit);
}

/** A smaller --limit than before takes no task away: the denominator only grows. */
function everPlanned(folder: string, { tasks }: LoadedSet, now: readonly Task[]): Task[] {
  const ids = new Set([...now, ...(readManifest(folder)?.tasks ?? [])].map(({ id }) => id));
  return tasks.filter(({ id }) => ids.has(id));
}

function hasJudge({ scorer }: Benchmark): boolean {
  return scorer === "xbench" || scorer === "medbrowsecomp";
}

function scorerName({ scorer }: Benchmark, mode: Mode, judge: string | undefined): string {
  if (scorer === "exact") return "exact";
  return `${scorer}-${mode}${judge ? `, judge ${judge} (prompt ${PROMPT_VERSION})` : ""}`;
}

interface Configured {
  benchmark: Benchmark;
  set: LoadedSet;
  scorer: string;
  settings: PolicySettings;
  budget: Partial<Budget>;
  knowledge: string;
  pool: ToolPool;
  version: string;
}

function configure({ benchmark, set, scorer, settings, budget, knowledge, pool, version }: Configured): Configuration {
  // Where the model is served is no part of what it is.
  const { baseUrl: _, ...policy } = settings;
  return {
    benchmark: benchmark.name,
    dataset: set.digest,
    scorer,
    prompt: "the question, verbatim",
    policy,
    budget: { ...DEFAULT_BUDGET, ...budget },
    knowledge,
    tools: createHash("sha256").update(JSON.stringify(pool.tools)).digest("hex"),
    version,
  };
}

function planned(
  benchmark: Benchmark,
  set: LoadedSet,
  tasks: readonly Task[],
  repeats: number,
  configuration: Configuration,
): Manifest {
  const open = benchmark.access === "open";
  return {
    v: 1,
    access: benchmark.access,
    title: benchmark.title,
    configuration,
    repeats,
    tasks: tasks.map(({ id, group, cluster, question, gold }) => ({
      id,
      group,
      ...(cluster === undefined ? {} : { cluster }),
      ...(open ? { question, gold } : {}),
    })),
    baseline: constantBaseline(benchmark, tasks),
    notes: set.notes,
  };
}

function policySettings(flags: RunFlags, usage: Usage): PolicySettings {
  const { baseUrl, model, temperature, toolFormat, view, prices } = flags;
  const name = flags.policy ?? (baseUrl || model ? "llm" : "planner");
  if (name !== "llm") return { name };
  const chosen = model ?? process.env["MEDRESEARCHER_MODEL"];
  if (!chosen) return usage("--policy llm needs a model: give --model NAME or set MEDRESEARCHER_MODEL");
  const at = baseUrl ?? process.env["OPENAI_BASE_URL"];
  if (!at && !process.env["OPENAI_API_KEY"])
    usage("--policy llm needs an endpoint: give --base-url URL, or set OPENAI_BASE_URL or OPENAI_API_KEY");
  return {
    name,
    model: chosen,
    ...(at ? { baseUrl: at } : {}),
    ...(temperature === undefined ? {} : { temperature }),
    ...(toolFormat ? { toolFormat } : {}),
    ...(view ? { view } : {}),
    ...(prices ? { prices } : {}),
  };
}

function budgetOf({ maxSteps, maxToolCalls, maxTokens, maxSeconds, maxCostPerTask }: RunFlags): Partial<Budget> {
  const given = {
    steps: maxSteps,
    toolCalls: maxToolCalls,
    tokens: maxTokens,
    seconds: maxSeconds,
    cost: maxCostPerTask,
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

async function knowledgeOf(name: string | undefined, parts: HostParts, usage: Usage): Promise<string> {
  try {
    return await parts.knowledgeName(name);
  } catch (error) {
    if (name === undefined) throw error;
    return usage((error as Error).message);
  }
}

/** One line that is written over on a terminal, a line now and then elsewhere. No text of a task is in it. */
function progress(total: number, before: number): (cell: CellRecord) => void {
  let done = before;
  let right = 0;
  let errors = 0;
  return ({ correct, outcome }) => {
    done++;
    if (correct) right++;
    if (outcome === "error") errors++;
    const line = `${done} of ${total} cells · ${right} right${errors > 0 ? ` · ${errors} errors` : ""}`;
    if (process.stderr.isTTY) process.stderr.write(`\r${line}${done === total ? "\n" : ""}`);
    else if (done === total || done % Math.max(1, Math.floor(total / 20)) === 0) process.stderr.write(`${line}\n`);
  };
}
