/** `medresearcher kg import`: what `data import` does, for graphs: into the folder `home` or one of another name. */
import { Argument, Command } from "commander";
import { kindList, SOURCES } from "../knowledge/sources/index.ts";

interface Options {
  from: string;
  json?: boolean;
}

export function kgImportCommand(): Command {
  return new Command("import")
    .description("Imports a source; repeating it is safe, and an interrupted import goes on.")
    .addArgument(new Argument("<kind>", "kind of source").choices([...SOURCES.keys()]))
    .requiredOption("--from <path>", "file or folder to read; .gz is unpacked")
    .option("--json", "print one JSON value")
    .addHelpText("after", `\nKinds:\n${kindList()}`)
    .action(async (kind: string, options: Options) => {
      const { importCommand } = await import("./data-import.ts");
      process.exitCode = await importCommand(SOURCES.get(kind)!, options.from, options.json ?? false);
    });
}
