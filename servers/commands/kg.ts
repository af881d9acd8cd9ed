/** `medresearcher kg …`: the knowledge graph as a command line. Each subcommand is a file beside this one that makes a `Command`. */
import { Command } from "commander";
import { kgBuildCommand } from "./kg-build.ts";
import { kgChainsCommand } from "./kg-chains.ts";
import { kgExportCommand } from "./kg-export.ts";
import { kgImportCommand } from "./kg-import.ts";
import { kgStatsCommand } from "./kg-stats.ts";

export function kgCommand(): Command {
  return new Command("kg")
    .description("The knowledge graph: imports, counts, exports, longest chains.")
    .addCommand(kgImportCommand())
    .addCommand(kgBuildCommand())
    .addCommand(kgStatsCommand())
    .addCommand(kgExportCommand())
    .addCommand(kgChainsCommand());
}
