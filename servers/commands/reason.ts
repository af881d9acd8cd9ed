/** `medresearcher reason`: patients to differentials, one or thousands; findings out of texts. */
import { existsSync } from "node:fs";
import { Command, InvalidArgumentError } from "commander";

interface ReasonOptions {
  phenopackets?: string;
  text?: string;
  out?: string;
  top: number;
  pheval?: string;
  json?: boolean;
  knowledge?: string;
}

interface FindingsOptions {
  from: string;
  out: string;
  knowledge?: string;
}

export function reasonCommand(): Command {
  const command = new Command("reason")
    .description(
      "Ranks diseases for patients: phenopackets to a line each, or one case report to a readable differential.",
    )
    .enablePositionalOptions()
    .option("--phenopackets <path>", "phenopackets v2: a folder, .json, .jsonl, .gz, .tar.gz; needs --out")
    .option("--out <file.jsonl>", "a line per case; lines that are there already are kept")
    .option("--pheval <folder>", "also writes PhEval's pheval_disease_results/ there, a table per case")
    .option("--text <file>", "a plain case report instead; - reads it from standard input")
    .option("--top <n>", "diagnoses to show", count, 10)
    .option("--json", "with --text: one JSON value instead of text for people")
    .option("--knowledge <name>", "knowledge folder: starter, home, …")
    .action(async (options: ReasonOptions, self: Command) => {
      process.exitCode = await reason(options, self);
    });
  command
    .command("findings")
    .description("Reads findings out of texts: {id, text} a line to {id, findings} a line.")
    .requiredOption("--from <file.jsonl>", "texts, one {id, text} a line")
    .requiredOption("--out <file.jsonl>", "a line per text; lines that are there already are kept")
    .option("--knowledge <name>", "knowledge folder: starter, home, …")
    .action(async ({ from, out, knowledge }: FindingsOptions, self: Command) => {
      mustExist(from, self);
      const { runBatch } = await import("./reason-batch.ts");
      process.exitCode = await runBatch({ from, out, knowledge, what: "texts", job: { kind: "findings" } });
    });
  return command;
}

async function reason(options: ReasonOptions, command: Command): Promise<number> {
  const { phenopackets, text, out, top, pheval, json = false, knowledge } = options;
  if ((phenopackets === undefined) === (text === undefined))
    return command.error("error: give either --phenopackets or --text", { exitCode: 2 });
  if (text !== undefined) {
    if (text !== "-") mustExist(text, command);
    const { reasonFromText } = await import("./reason-text.ts");
    return reasonFromText({ file: text, top, json, knowledge });
  }
  if (out === undefined) return command.error("error: --phenopackets needs --out FILE.jsonl", { exitCode: 2 });
  mustExist(phenopackets!, command);
  const { rankPhenopackets } = await import("./reason-phenopackets.ts");
  return rankPhenopackets({ from: phenopackets!, out, top, pheval, knowledge });
}

function mustExist(path: string, command: Command): void {
  if (!existsSync(path)) command.error(`error: there is no ${path}`, { exitCode: 2 });
}

function count(value: string): number {
  const number = Number(value);
  if (!/^\d+$/u.test(value) || number < 1 || number > 1000) throw new InvalidArgumentError("from 1 to 1000.");
  return number;
}
