/** `medresearcher kg chains`: a longest chordless path of a graph in a file, with a proven upper bound. */
import { readFileSync } from "node:fs";
import { Command, InvalidArgumentError } from "commander";
import { chainsOfFile, type ChainAnswer } from "../kg-explorer/index.ts";

interface Options {
  graph: string;
  seconds: number;
  json?: boolean;
}

const SECONDS = 10;

export function kgChainsCommand(): Command {
  return new Command("chains")
    .description(
      "A longest path without shortcuts (no two of its nodes are related but neighbours on it), and how long one can be at most.",
    )
    .requiredOption(
      "--graph <file>",
      "{nodes: [{id, category}], edges: [{subject, predicate, object}], seed?, maxLength?}",
    )
    .option("--seconds <n>", "time for the search", seconds, SECONDS)
    .option("--json", "print one JSON value: {path, length, bound, optimal, ms}")
    .action(async ({ graph, seconds: budget, json }: Options) => {
      const answer = await chainsOfFile(readFileSync(graph, "utf8"), budget * 1000);
      process.stdout.write(json ? `${JSON.stringify(answer)}\n` : forPeople(answer));
    });
}

function seconds(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 3600)) throw new InvalidArgumentError("a number above 0, at most 3600");
  return value;
}

function forPeople({ path, length, bound, optimal, ms }: ChainAnswer): string {
  const proof = optimal ? "none is longer (proven)" : `none has more than ${bound} (proven)`;
  return `${path.join(" – ")}\n${length} edges; ${proof}; ${(ms / 1000).toFixed(2)} s\n`;
}
