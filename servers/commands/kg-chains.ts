/**
 * `medresearcher kg chains`: a longest path without shortcuts, with a proven upper bound; of a graph in a file, or of stored
 * knowledge from a seed (there by relations with evidence only, and not through hubs).
 */
import { readFileSync } from "node:fs";
import { Command, InvalidArgumentError } from "commander";
import { chainsOfFile, openExplorer, type ChainReport } from "../kg-explorer/index.ts";

interface Options {
  graph?: string;
  knowledge?: string;
  seed?: string;
  maxLength?: number;
  seconds: number;
  json?: boolean;
}

const SECONDS = 10;

export function kgChainsCommand(): Command {
  return new Command("chains")
    .description(
      "A longest path without shortcuts (only neighbours on it are related), and how long one can be at most.",
    )
    .option("--graph <file>", "{nodes: [{id, category}], edges: [{subject, predicate, object}], seed?, maxLength?}")
    .option("--knowledge <name>", "stored knowledge instead of a file")
    .option("--seed <id>", "where the path begins in stored knowledge: an id, or a name that means one entity")
    .option("--max-length <n>", "edges at most, in stored knowledge", count, 30)
    .option("--seconds <n>", "time for the search", seconds, SECONDS)
    .option("--json", "print one JSON value: {path, length, bound, optimal, ms}")
    .action(async (options: Options, command: Command) => {
      const { graph, seed } = options;
      if ((graph === undefined) === (seed === undefined))
        command.error("error: name either --graph or --seed", { exitCode: 2 });
      const answer = graph === undefined ? await ofKnowledge(options) : await ofFile(graph, options.seconds);
      process.stdout.write(options.json ? `${JSON.stringify(answer)}\n` : forPeople(answer));
    });
}

function ofFile(graph: string, budget: number): Promise<ChainReport> {
  return chainsOfFile(readFileSync(graph, "utf8"), budget * 1000);
}

async function ofKnowledge({ knowledge, seed, maxLength, seconds: budget }: Options): Promise<ChainReport> {
  const open = openExplorer(knowledge);
  try {
    return await open.explorer.chain(seed!, maxLength!, budget * 1000);
  } finally {
    await open.close();
  }
}

function seconds(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 3600)) throw new InvalidArgumentError("a number above 0, at most 3600");
  return value;
}

function count(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError("a whole number above 0");
  return value;
}

function forPeople({ path, length, bound, optimal, ms, notes = [] }: ChainReport): string {
  const proof = optimal ? "none is longer (proven)" : `none has more than ${bound} (proven)`;
  const lines = [path.join(" – "), `${length} edges; ${proof}; ${(ms / 1000).toFixed(2)} s`, ...notes];
  return `${lines.join("\n")}\n`;
}
