/** `medresearcher synth …`: the learning circle's data. One subcommand a file. */
import { Command } from "commander";
import type { HostParts } from "../../host/index.ts";
import { questionsCommand } from "./synth-questions.ts";
import { synthStatsCommand } from "./synth-stats.ts";
import { synthTrajectoriesCommand } from "./synth-trajectories.ts";
import { verifyCommand } from "./synth-verify.ts";

export function synthCommand(parts: HostParts): Command {
  const command = new Command("synth").description(
    "Makes questions with proofs, checks them, and collects trajectories.",
  );
  command.addCommand(questionsCommand());
  command.addCommand(verifyCommand());
  command.addCommand(synthTrajectoriesCommand(parts));
  command.addCommand(synthStatsCommand());
  return command;
}
