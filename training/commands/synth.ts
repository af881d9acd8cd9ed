/** `synth`: material for learning, made from knowledge. */
import { Command } from "commander";
import type { HostParts } from "../../host/index.ts";
import { synthTrajectoriesCommand } from "./synth-trajectories.ts";

export function synthCommand(parts: HostParts): Command {
  return new Command("synth")
    .description("questions with proofs, and trajectories over them")
    .addCommand(synthTrajectoriesCommand(parts));
}
