/** `train inspect`: rows of `train dataset sft` with what is learned of them, in the terminal and as a page. */
import { writeFileSync } from "node:fs";
import { Command, InvalidArgumentError } from "commander";

interface Flags {
  row?: number;
  html?: string;
}

/** A page with more rows than this is slow to open. */
const PAGE_ROWS = 50;

export function trainInspectCommand(): Command {
  return new Command("inspect")
    .description("shows training rows with the loss mask: + learned, - the assistant's without loss")
    .argument("<file>", "rows of `train dataset sft`")
    .option("--row <n>", "which row, from 1 (default: the first; in a page, the first 50)", position)
    .option("--html <file>", "write a page")
    .action(async (file: string, { row: wanted, html }: Flags, command: Command) => {
      const { SftRow } = await import("../../schemas/index.ts");
      const { readInput } = await import("./input.ts");
      const { rowsPage, rowText } = await import("../dataset/view/index.ts");
      const all = readInput(file, SftRow, command).map((row, i) => ({ row, number: i + 1 }));
      if (wanted !== undefined && wanted > all.length) {
        command.error(`error: ${file} has ${all.length} rows`, { exitCode: 2 });
      }
      const chosen = wanted === undefined ? all : all.slice(wanted - 1, wanted);
      if (html) {
        writeFileSync(html, rowsPage(chosen.slice(0, PAGE_ROWS), all.length));
        process.stderr.write(`${Math.min(PAGE_ROWS, chosen.length)} of ${all.length} rows in ${html}\n`);
        return;
      }
      const { row, number } = chosen[0]!;
      const colours = takesColours(process.stdout);
      process.stdout.write(`${rowText(row, number, { colours })}\n`);
      if (all.length > 1) process.stderr.write(`row ${number} of ${all.length}; --row N shows another\n`);
    });
}

/** No colours into a pipe, where `isTTY` is undefined whatever its type says. */
function takesColours(stream: { isTTY?: boolean }): boolean {
  return stream.isTTY === true && !process.env["NO_COLOR"];
}

function position(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1) throw new InvalidArgumentError("Give a whole number from 1.");
  return value;
}
