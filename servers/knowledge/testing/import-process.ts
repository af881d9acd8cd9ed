/** A process to be killed, or to run out of disk: imports documents (`argv[3]`: pubmed, jsonl …) from `argv[2]` into the data home `argv[4]`. */
import { importSource } from "../import.ts";
import { SOURCES } from "../sources/index.ts";

const [from, kind, home] = process.argv.slice(2) as [string, string, string];
const result = await importSource({
  source: SOURCES.get(kind)!,
  from,
  home,
  seed: () => [],
  onProgress: ({ phase, records }) => process.stdout.write(`${phase} ${records}\n`),
});
process.stdout.write(`done ${result.records}\n`);
