/** `medresearcher kg build`: makes what is derived from a knowledge folder, so that the first question need not wait. */
import { join } from "node:path";
import { Command } from "commander";
import { DERIVED } from "./derived.ts";
import type { Knowledge } from "../knowledge/index.ts";
import { progressLine, type ProgressLine } from "../kit/progress-line.ts";

export function kgBuildCommand(): Command {
  return new Command("build")
    .description("Makes what is derived from a knowledge folder and is missing or out of date: arrays, index, model.")
    .option("--knowledge <name>", "knowledge folder: starter, home, gym:SEED")
    .option("--json", "print one JSON value")
    .action(async (options: { knowledge?: string; json?: boolean }) => {
      const built = await build(options.knowledge);
      process.stdout.write(
        options.json
          ? `${JSON.stringify(built, null, 2)}\n`
          : `${built.knowledge}: ${built.made.length > 0 ? `made ${built.made.join(", ")}` : "everything is up to date"}\n`,
      );
    });
}

/** Also brings a store of an older version up to date: opening it does. */
async function build(name: string | undefined): Promise<{ knowledge: string; made: string[] }> {
  const { GraphStore, openKnowledge } = await import("../knowledge/index.ts");
  const knowledge = openKnowledge(name);
  const made: string[] = [];
  const progress = progressLine(process.stderr);
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
  try {
    const graph = new GraphStore(join(knowledge.path, "graph.db"));
    progress.show("arranging the graph");
    if (graph.arrange()) made.push("graph arrays");
    graph.close();
    for (const derived of DERIVED) {
      if (stop.signal.aborted || (await derived.current(knowledge))) continue;
      await derived.build(knowledge, (text) => progress.show(`building the ${derived.name} ${text}`), stop.signal);
      made.push(derived.name);
    }
    if (!stop.signal.aborted && (await fillServer(knowledge, progress, stop.signal))) made.push("graph in Neo4j");
    return { knowledge: knowledge.name, made };
  } finally {
    progress.clear();
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
    knowledge.close();
  }
}

/** Brings the Neo4j that the environment names to the state of the folder. @returns whether it was behind */
async function fillServer(knowledge: Knowledge, progress: ProgressLine, signal: AbortSignal): Promise<boolean> {
  const { fillNeo4j, isBuiltIn, neo4jSettings } = await import("../kg-explorer/index.ts");
  const settings = neo4jSettings();
  if (!settings || isBuiltIn(knowledge.name)) return false;
  return fillNeo4j(knowledge.path, settings, { signal, onProgress: (text) => progress.show(text) });
}
