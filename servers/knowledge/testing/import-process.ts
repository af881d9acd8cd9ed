/**
 * A process to be killed, or to run out of disk: imports `argv[2]` (of the kind `argv[3]`: pubmed, hpo …) into the data home
 * `argv[4]` and tells how far it is. Options are JSON in `argv[5]`.
 */
import { readFileSync } from "node:fs";
import { importSource, type ImportProgress } from "../import.ts";
import { SOURCES } from "../sources/index.ts";

export interface ImportProcessOptions {
  /** There it stands still until its standard input ends: whoever waits for that, or kills it there, is never too late. */
  haltAt?: { phase: ImportProgress["phase"]; records: number };
  /** Records a transaction. */
  batchSize?: number;
}

const [from, kind, home, options = "{}"] = process.argv.slice(2) as [string, string, string, string?];
const { haltAt, batchSize } = JSON.parse(options) as ImportProcessOptions;
let mayHalt = haltAt !== undefined;
const result = await importSource({
  source: SOURCES.get(kind)!,
  from,
  home,
  ...(batchSize === undefined ? {} : { batchSize }),
  seed: () => [],
  onProgress: ({ phase, records }) => {
    process.stdout.write(`${phase} ${records}\n`);
    if (!mayHalt || phase !== haltAt!.phase || records < haltAt!.records) return;
    mayHalt = false;
    readFileSync(0);
  },
});
process.stdout.write(`done ${result.records}, ${result.changed} changed\n`);
