/** An import in a process of its own, to be killed: home, seed, entities and relations are its arguments; NEO4J_URL is set. */
import { importSource } from "../../knowledge/import.ts";
import { bothStores } from "../neo4j/import-sink.ts";
import { neo4jSettings } from "../neo4j/settings.ts";
import { randomSource } from "./random-graph.ts";

const [home, from, seed, entities, relations] = process.argv.slice(2);
const result = await importSource({
  source: randomSource(Number(seed), Number(entities), Number(relations)),
  from: from!,
  home: home!,
  knowledge: "contract-test",
  batchSize: 100,
  seed: () => [],
  openSink: (folder) => bothStores(folder, neo4jSettings()!),
  onProgress: ({ records }) => process.stdout.write(`${records}\n`),
});
process.stdout.write(`${JSON.stringify({ changed: result.changed, counts: result.manifest?.counts })}\n`);
