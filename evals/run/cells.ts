/** The cells of a run folder: what was begun (key and session) and what came of it. Both only grow; the last line of a key counts. */
import { join } from "node:path";
import { z } from "zod";
import { CellRecord } from "../../schemas/index.ts";
import { takeFolder } from "./folder-lock.ts";
import { LineFile } from "./lines.ts";

const Begun = z.object({ key: z.string(), session: z.string() });

export class Cells {
  readonly done = new Map<string, CellRecord>();
  /** Key → the session that was begun for it: a killed run takes it up again. */
  readonly begun = new Map<string, string>();
  readonly #records: LineFile<CellRecord>;
  readonly #begun: LineFile<z.infer<typeof Begun>>;
  readonly #release: () => void;

  /** @throws Error where another process runs in this folder */
  constructor(folder: string, warn: (message: string) => void) {
    this.#release = takeFolder(folder);
    this.#records = new LineFile(join(folder, "cells.jsonl"), CellRecord);
    this.#begun = new LineFile(join(folder, "begun.jsonl"), Begun);
    for (const record of this.#records.read(warn)) this.done.set(record.key, record);
    for (const { key, session } of this.#begun.read(warn)) this.begun.set(key, session);
    this.#records.open();
    this.#begun.open();
  }

  begin(key: string, session: string): void {
    this.#begun.append({ key, session });
    this.begun.set(key, session);
  }

  record(cell: CellRecord): void {
    this.#records.append(cell);
    this.done.set(cell.key, cell);
  }

  close(): void {
    this.#records.close();
    this.#begun.close();
    this.#release();
  }
}

/** The records of a folder that may be in use: for reports. */
export function readCells(folder: string, warn?: (message: string) => void): CellRecord[] {
  const last = new Map(
    new LineFile(join(folder, "cells.jsonl"), CellRecord).read(warn).map((record) => [record.key, record]),
  );
  return [...last.values()];
}
