/** `medresearcher index build|rebuild`: with progress to stderr; Ctrl-C stops, and the next run goes on from there. */
import { Command } from "commander";
import { progressLine } from "../kit/progress-line.ts";

interface Options {
  knowledge?: string;
  json?: boolean;
}

export function indexBuildCommand(): Command {
  return withOptions(
    new Command("build").description("Brings the index up to date: what changed alone, where that is little."),
    false,
  );
}

export function indexRebuildCommand(): Command {
  return withOptions(
    new Command("rebuild").description("Throws the index away and makes it anew from the texts of record."),
    true,
  );
}

function withOptions(command: Command, anew: boolean): Command {
  return command
    .option("--knowledge <name>", "knowledge folder: starter, home, gym:SEED")
    .option("--json", "print one JSON value")
    .action(async (options: Options) => {
      process.exitCode = await run(options, anew);
    });
}

/** @returns the exit code: 0 done, 1 stopped by the user. @throws Error where the index cannot be made */
async function run({ knowledge: name, json }: Options, anew: boolean): Promise<number> {
  const { openKnowledge } = await import("../knowledge/index.ts");
  const { buildSearchIndex, rebuildSearchIndex } = await import("../medical-retriever/index.ts");
  const knowledge = openKnowledge(name);
  const progress = progressLine(process.stderr);
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
  const started = performance.now();
  try {
    const { made, documents } = await (anew ? rebuildSearchIndex : buildSearchIndex)(knowledge, {
      signal: stop.signal,
      onProgress: (done, total) => progress.show(`indexing ${done} of ${total} documents`),
    });
    progress.clear();
    const seconds = Math.round((performance.now() - started) / 100) / 10;
    const all = `${documents.toLocaleString("en")} documents indexed in ${seconds} s`;
    const said = { none: "up to date", changes: `${all}, what had changed`, all };
    process.stdout.write(
      json
        ? `${JSON.stringify({ knowledge: knowledge.name, made, documents, seconds }, null, 2)}\n`
        : `${knowledge.name}: ${said[made]}\n`,
    );
    return 0;
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    progress.clear();
    process.stderr.write("stopped; the same command goes on from here\n");
    return 1;
  } finally {
    progress.clear();
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
    knowledge.close();
  }
}
