/** `eval list`: the benchmarks, the files they are read from, and how they are scored. */
import { Command } from "commander";
import { BENCHMARKS } from "../benchmarks/index.ts";

const SCORING = {
  exact: "exact match with aliases",
  gaia: "GAIA's own rules",
  medbrowsecomp: "rules, or a judge where one is given",
  xbench: "exact match, else a judge",
};

export function listCommand(): Command {
  return new Command("list")
    .description("the benchmarks and the files that --data takes")
    .option("--json", "print an array of {name, title, tasks, file, scoring, access, repeats}")
    .action(({ json }: { json?: boolean }) => {
      const list = BENCHMARKS.map(({ name, title, size, file, scorer, access, repeats }) => ({
        name,
        title,
        ...(size === undefined ? {} : { tasks: size }),
        file,
        scoring: SCORING[scorer],
        access,
        repeats,
      }));
      if (json) {
        process.stdout.write(`${JSON.stringify(list, null, 2)}\n`);
        return;
      }
      const width = Math.max(...list.map(({ name }) => name.length));
      for (const { name, tasks, file, scoring, access } of list) {
        process.stdout.write(
          `${name.padEnd(width)}  ${String(tasks ?? "").padStart(3)}  ${scoring}; ${access}\n${" ".repeat(width + 7)}--data ${file}\n`,
        );
      }
    });
}
