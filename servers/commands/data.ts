/** `medresearcher data import|status`: knowledge into a folder, and what is there. */
import { Argument, Command } from "commander";
import { kindList, SOURCES } from "../knowledge/sources/index.ts";

interface ImportOptions {
  from: string;
  json?: boolean;
}

export function dataCommand(): Command {
  const command = new Command("data").description("Imports knowledge into the data folder, and says what is there.");
  command
    .command("import")
    .description(
      "Imports a source into the knowledge folder `home`; repeating it is safe, and an interrupted one goes on.",
    )
    .addArgument(new Argument("<kind>", "kind of source").choices([...SOURCES.keys()]))
    .requiredOption("--from <path>", "file or folder to read; .gz is unpacked")
    .option("--json", "print one JSON value")
    .addHelpText("after", `\nKinds:\n${kindList()}`)
    .action(async (kind: string, options: ImportOptions) => {
      const { importCommand } = await import("./data-import.ts");
      process.exitCode = await importCommand(SOURCES.get(kind)!, options.from, options.json ?? false);
    });
  command
    .command("status")
    .description("Says which knowledge there is: sources, licences, counts, sizes, and whether indexes are up to date.")
    .option("--json", "print one JSON value")
    .action(async (options: { json?: boolean }) => {
      const { knowledgeStatus, statusText } = await import("./data-status.ts");
      const status = await knowledgeStatus();
      process.stdout.write(options.json ? `${JSON.stringify(status, null, 2)}\n` : statusText(status));
    });
  return command;
}
