/** `eval compare`: two runs on the same tasks. */
import { Command } from "commander";
import { compare } from "../report/comparison.ts";
import { sayRate } from "../report/summary.ts";
import { readCells } from "../run/cells.ts";
import { BadRun } from "../run/manifest.ts";
import { manifestOf } from "./options.ts";

export function compareCommand(): Command {
  return new Command("compare")
    .description("two runs on the same tasks: where they disagree, and the exact McNemar test of it")
    .argument("<run>", "the --out of one `eval run`")
    .argument("<other>", "the --out of another")
    .option("--json", "print one JSON value")
    .action((one: string, other: string, { json }: { json?: boolean }, command: Command) => {
      const usage = (message: string): never => command.error(`error: ${message}`, { exitCode: 2 });
      const [first, second] = [one, other].map((folder) => ({
        manifest: manifestOf(folder, usage),
        cells: readCells(folder),
      }));
      try {
        const result = compare(first!, second!);
        process.stdout.write(json ? `${JSON.stringify(result, null, 2)}\n` : lines(one, other, result));
      } catch (error) {
        if (error instanceof BadRun) usage(error.message);
        throw error;
      }
    });
}

function lines(
  one: string,
  other: string,
  { first, second, tasks, firstBetter, secondBetter, p }: ReturnType<typeof compare>,
): string {
  return [
    `${one}: ${sayRate(first)}`,
    `${other}: ${sayRate(second)}`,
    `of ${tasks} tasks the first is better on ${firstBetter}, the second on ${secondBetter}; p = ${p.toPrecision(2)} (exact McNemar)`,
    "",
  ].join("\n");
}
