/** `synth stats`: what was collected, with the paper's figures beside ours. */
import { writeFileSync } from "node:fs";
import { Command } from "commander";

interface Flags {
  trajectories: string;
  html?: string;
  json?: boolean;
}

export function synthStatsCommand(): Command {
  return new Command("stats")
    .description("what a file of trajectories amounts to, with the paper's figures beside ours")
    .requiredOption("--trajectories <file>", "rows of `synth trajectories`")
    .option("--html <file>", "also write a page")
    .option("--json", "print one JSON value")
    .action(async ({ trajectories, html, json }: Flags, command: Command) => {
      const { TrajectoryRow } = await import("../../schemas/index.ts");
      const { readInput } = await import("./input.ts");
      const { statisticsOf, statisticsPage, statisticsText } = await import("../synthesis/trajectories/index.ts");
      const statistics = statisticsOf(readInput(trajectories, TrajectoryRow, command));
      if (html) writeFileSync(html, statisticsPage(statistics));
      process.stdout.write(`${json ? JSON.stringify(statistics, null, 2) : statisticsText(statistics)}\n`);
    });
}
