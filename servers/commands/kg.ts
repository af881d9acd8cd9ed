/** `medresearcher kg …`: the knowledge graph as a command line. Each subcommand is a file beside this one that makes a `Command`. */
import { Command } from "commander";
import { kgChainsCommand } from "./kg-chains.ts";
import { kgImportCommand } from "./kg-import.ts";

export function kgCommand(): Command {
  return new Command("kg")
    .description("The knowledge graph: imports, counts, exports, longest chains.")
    .addCommand(kgImportCommand())
    .addCommand(kgChainsCommand());
}
