/** `eval`: benchmarks that can be run, a run over the host, scores of given answers, a report of a run. */
import { Command } from "commander";
import type { HostParts } from "../../host/index.ts";
import { compareCommand } from "./compare.ts";
import { listCommand } from "./list.ts";
import { reportCommand } from "./report.ts";
import { runCommand } from "./run.ts";
import { scoreCommand } from "./score.ts";

export function evalCommand(parts: HostParts): Command {
  return new Command("eval")
    .description("run the host on benchmarks, and score and report its answers")
    .addCommand(listCommand())
    .addCommand(runCommand(parts))
    .addCommand(scoreCommand())
    .addCommand(reportCommand())
    .addCommand(compareCommand());
}
