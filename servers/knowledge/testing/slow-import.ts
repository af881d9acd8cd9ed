/** A process to be killed: imports the HPO release of `argv[2]` into the data home `argv[3]`, a few records a second slower than it could. */
import { setTimeout as sleep } from "node:timers/promises";
import { importSource } from "../import.ts";
import { readHpo } from "../sources/hpo.ts";

const [from, home] = process.argv.slice(2) as [string, string];
const result = await importSource({
  source: {
    kind: "hpo",
    describe: "",
    async *read(path, context) {
      for await (const record of readHpo(path, context)) {
        await sleep(5);
        yield record;
      }
    },
  },
  from,
  home,
  batchSize: 3,
  seed: () => [],
});
process.stdout.write(JSON.stringify({ records: result.records, changed: result.changed }));
