/** `eval report`: a run folder as one static HTML file, or as JSON. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { Command } from "commander";
import { hostHome } from "../../host/index.ts";
import { reportPage } from "../report/page.ts";
import { submission } from "../report/submission.ts";
import { summarise } from "../report/summary.ts";
import { summaryLines } from "../report/text.ts";
import { readCells } from "../run/cells.ts";
import { manifestOf } from "./options.ts";

interface ReportFlags {
  run: string;
  out?: string;
  submission?: string;
  json?: boolean;
}

export function reportCommand(): Command {
  return new Command("report")
    .description(
      "a run's results: k of n with intervals, per group, every task with its session; gated texts are left out",
    )
    .requiredOption("--run <folder>", "the --out of `eval run`")
    .option("--out <file>", "the HTML file to write")
    .option("--submission <file>", "gaia: also write {task_id, model_answer} a line, as its leaderboard takes it")
    .option("--json", "print the summary as one JSON value")
    .action(({ run, out, submission: to, json }: ReportFlags, command: Command) => {
      const manifest = manifestOf(run, (message) => command.error(`error: ${message}`, { exitCode: 2 }));
      const cells = readCells(run, (message) => process.stderr.write(`warning: ${message}\n`));
      const summary = summarise(manifest, cells);
      if (out !== undefined) {
        mkdirSync(dirname(resolve(out)), { recursive: true });
        writeFileSync(out, reportPage(manifest, cells, summary, { out, home: hostHome() }));
        process.stderr.write(`wrote ${out}\n`);
      }
      if (to !== undefined) {
        if (manifest.configuration.benchmark !== "gaia")
          command.error("error: --submission is for gaia", { exitCode: 2 });
        writeFileSync(to, submission(cells, hostHome()));
      }
      process.stdout.write(json ? `${JSON.stringify(summary, null, 2)}\n` : `${summaryLines(summary).join("\n")}\n`);
    });
}
