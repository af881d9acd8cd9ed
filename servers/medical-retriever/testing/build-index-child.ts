/** Builds the index of a folder in a process of its own, that tests may kill: node build-index-child.ts FOLDER */
import { openFolder } from "../../knowledge/index.ts";
import { buildIndex } from "../local/build.ts";

const knowledge = openFolder("test", process.argv[2]!);
try {
  await buildIndex(knowledge, knowledge.manifest.revision);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
} finally {
  knowledge.close();
}
