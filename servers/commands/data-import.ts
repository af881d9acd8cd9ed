/** The import as a command: progress and skipped rows to stderr, the result to stdout, Ctrl-C stops between batches. */
import { openKnowledge } from "../knowledge/index.ts";
import { importSource, type ImportProgress, type ImportRequest, type ImportResult } from "../knowledge/import.ts";
import type { Problem, Source } from "../knowledge/sources/index.ts";
import { DERIVED } from "./derived.ts";
import { progressLine, type ProgressLine } from "../kit/progress-line.ts";

/** Skipped rows that are told one by one. */
const SHOWN_PROBLEMS = 10;

/** @returns the exit code: 0 done, 1 stopped by the user or with a file that is torn. @throws Error when the source cannot be read */
export async function importCommand(source: Source, from: string, json: boolean): Promise<number> {
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  // Once: a second Ctrl-C ends the process at once, which loses nothing either.
  process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
  const progress = progressLine(process.stderr);
  const problems: Problem[] = [];
  let count = 0;
  try {
    const openSink = await sinkOf(progress, stop.signal);
    const result = await importSource({
      source,
      from,
      signal: stop.signal,
      ...(openSink ? { openSink } : {}),
      onProgress: (state) => progress.show(describe(source.kind, state)),
      onProblem: (problem) => {
        if (++count <= SHOWN_PROBLEMS) problems.push(problem);
      },
    });
    progress.clear();
    tellProblems(problems, count);
    count = 0;
    if (!result.finished) return stopped();
    const derived = await derive(progress, stop.signal);
    progress.clear();
    if (!derived) return stopped();
    process.stdout.write(
      json
        ? `${JSON.stringify(summary(source.kind, from, result, problems, derived), null, 2)}\n`
        : text(source.kind, result, derived),
    );
    if (result.torn > 0) process.stderr.write(`${incomplete(result.torn)}\n`);
    return result.torn > 0 ? 1 : 0;
  } catch (error) {
    progress.clear();
    // What went wrong before is often why nothing came of it.
    tellProblems(problems, count);
    if (!stop.signal.aborted) throw error;
    return stopped();
  } finally {
    progress.clear();
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
  }
}

/** Where the graph goes: into the folder, and into Neo4j where the environment names one. */
async function sinkOf(progress: ProgressLine, signal: AbortSignal): Promise<ImportRequest["openSink"]> {
  if (!process.env["NEO4J_URL"]) return undefined;
  const { bothStores, neo4jSettings } = await import("../kg-explorer/index.ts");
  const settings = neo4jSettings();
  return settings && ((folder) => bothStores(folder, settings, { signal, onProgress: (text) => progress.show(text) }));
}

/** Builds what the engines need for a fast first answer; seconds by name, or undefined where the user stopped it. */
async function derive(progress: ProgressLine, signal: AbortSignal): Promise<Record<string, number> | undefined> {
  const knowledge = openKnowledge("home");
  const seconds: Record<string, number> = {};
  try {
    for (const derived of DERIVED) {
      const { name } = derived;
      const started = performance.now();
      progress.show(`building the ${name}`);
      if (!(await derived.current(knowledge))) {
        await derived.build(knowledge, (text) => progress.show(`building the ${name} ${text}`), signal);
      }
      seconds[name] = round((performance.now() - started) / 1000);
      if (signal.aborted) return undefined;
    }
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  } finally {
    knowledge.close();
  }
  return seconds;
}

function describe(kind: string, { phase, records, seconds }: ImportProgress): string {
  if (phase === "waiting") return `waiting for another import to finish (${seconds.toFixed(0)} s)`;
  if (phase === "reading") return `reading ${kind}`;
  return `importing ${kind}: ${records.toLocaleString("en")} records (${seconds.toFixed(0)} s)`;
}

function tellProblems(shown: readonly Problem[], count: number): void {
  if (count === 0) return;
  for (const problem of shown) process.stderr.write(`skipped: ${told(problem)}\n`);
  if (count > shown.length) process.stderr.write(`skipped: ${count - shown.length} more\n`);
}

function told({ file, line, reason }: Problem): string {
  if (reason.startsWith(file)) return reason;
  return `${line === undefined ? file : `${file}, line ${line}`}: ${reason}`;
}

function incomplete(files: number): string {
  const which = files === 1 ? "a file ends in its middle" : `${files} files end in their middle`;
  return `incomplete: ${which}; what came before is imported. Download again and import again`;
}

function stopped(): number {
  process.stderr.write("stopped; the same command goes on from here\n");
  return 1;
}

function summary(
  kind: string,
  from: string,
  result: ImportResult,
  problems: readonly Problem[],
  derived: Record<string, number>,
) {
  const { manifest, records, changed, seconds } = result;
  return {
    kind,
    from,
    knowledge: manifest!.name,
    path: result.path,
    revision: manifest!.revision,
    records,
    changed,
    counts: manifest!.counts,
    skipped: { count: result.problems, first: problems },
    torn: result.torn,
    seconds: { import: round(seconds), ...derived },
  };
}

function text(kind: string, result: ImportResult, derived: Record<string, number>): string {
  const { documents, entities, relations } = result.manifest!.counts;
  const times = [`import ${round(result.seconds)} s`, ...Object.entries(derived).map(([name, s]) => `${name} ${s} s`)];
  const what = result.changed === 0 ? "nothing new" : `${thousands(result.changed)} new or changed`;
  return (
    `${kind}: ${thousands(result.records)} records read, ${what}${result.problems ? `, ${thousands(result.problems)} skipped` : ""}\n` +
    `home now holds ${thousands(documents)} documents, ${thousands(entities)} entities, ${thousands(relations)} relations\n` +
    `${times.join(", ")}\n`
  );
}

function round(seconds: number): number {
  return Math.round(seconds * 10) / 10;
}

function thousands(count: number): string {
  return count.toLocaleString("en");
}
