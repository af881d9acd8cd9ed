/** `medresearcher index …`: the search index over the stored documents. */
import { Command } from "commander";
import { indexBuildCommand, indexRebuildCommand } from "./index-build.ts";
import { indexStatusCommand } from "./index-status.ts";

export function indexCommand(): Command {
  return new Command("index")
    .description("The search index over the stored documents: how it stands, bring it up to date, make it anew.")
    .addCommand(indexStatusCommand())
    .addCommand(indexBuildCommand())
    .addCommand(indexRebuildCommand());
}
