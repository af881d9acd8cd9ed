/** The graph store at size and beside Neo4j: `npm run bench:graph [-- --relations N --queries N]`; 0 leaves that part out. */
import { parseArgs } from "node:util";
import { benchEmbedded } from "./graph/embedded.ts";
import { benchTwoStores } from "./graph/two-stores.ts";

const { values } = parseArgs({
  options: { relations: { type: "string", default: "10000000" }, queries: { type: "string", default: "200" } },
});
const [relations, queries] = [Number(values.relations), Number(values.queries)];
const isFast = relations === 0 || benchEmbedded(relations);
const isSame = queries === 0 || (await benchTwoStores(queries));
process.exitCode = isFast && isSame ? 0 : 1;
