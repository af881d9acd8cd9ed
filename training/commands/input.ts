/** Input files of commands: a file that is not there, or not what it should be, is a usage error. */
import type { Command } from "commander";
import { BadRows, readRows } from "../jsonl.ts";

/** All rows; ends the command with exit code 2 and the reason where there are none to be had. */
export function readInput<T>(file: string, schema: Parameters<typeof readRows<T>>[1], command: Command): T[] {
  try {
    const rows = readRows(file, schema);
    if (rows.length === 0) throw new BadRows(`${file} holds no row`);
    return rows;
  } catch (error) {
    return refuseInput(error, command);
  }
}

/** Throws on what is no fault of an input file. */
export function refuseInput(error: unknown, command: Command): never {
  const isInput =
    error instanceof BadRows || ["ENOENT", "EISDIR"].includes((error as NodeJS.ErrnoException).code ?? "");
  if (!isInput) throw error;
  return command.error(`error: ${(error as Error).message}`, { exitCode: 2 });
}
