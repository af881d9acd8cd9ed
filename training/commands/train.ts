/** `train`: datasets, training and serving, one subcommand a file. */
import { Command } from "commander";
import { trainDatasetCommand } from "./train-dataset.ts";
import { trainInspectCommand } from "./train-inspect.ts";
import { trainServeCommand } from "./train-serve.ts";
import { trainSftCommand } from "./train-sft.ts";

export function trainCommand(): Command {
  return new Command("train")
    .description("Makes training rows, trains an agent on them, and serves it.")
    .addCommand(trainDatasetCommand())
    .addCommand(trainInspectCommand())
    .addCommand(trainSftCommand())
    .addCommand(trainServeCommand());
}
