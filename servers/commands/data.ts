/** `medresearcher data pull|import|status`: files from their publishers, knowledge into a folder, and what is there. */
import { Argument, Command, InvalidArgumentError } from "commander";
import { kindList, SOURCES } from "../knowledge/sources/index.ts";
import type { PullOptions } from "./data-pull.ts";
import { pullList, PULLS } from "./pull/index.ts";

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
    .command("pull")
    .description(
      "Fetches what can be imported from its publisher, checked; repeating it fetches what is new or changed.",
    )
    .addArgument(new Argument("<kind>", "what to fetch").choices([...PULLS.keys()]))
    .option("--to <folder>", "where the files go; default `downloads/<kind>` under MEDRESEARCHER_HOME")
    .option("--only <text>", "only files whose address contains this")
    .option("--newest <n>", "only the last n files of the list", wholeNumber)
    .option("--query <text>", "of trials: only what this question finds")
    .option("--list", "show what would be fetched")
    .option("--json", "print one JSON value")
    .addHelpText("after", `\nKinds:\n${pullList()}`)
    .action(async (kind: string, options: PullOptions) => {
      const { pullCommand } = await import("./data-pull.ts");
      process.exitCode = await pullCommand(PULLS.get(kind)!, options);
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

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError("a whole number from 1 on");
  return Number(text);
}
