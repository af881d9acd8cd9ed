/**
 * `npm run bench:retriever`: how well the retriever finds, how it does at scale, and how it asks many sources at once, with
 * the aims beside the figures. Parts by name: `npm run bench:retriever -- quality fan-out scale=100000`; all by default.
 * The parser of PubMed beside a Python one is `npm run bench:pubmed`.
 */
import { benchFanOut } from "./fan-out.ts";
import { benchRetrieval } from "./retrieval.ts";
import { benchScale } from "./scale.ts";

const SIZES = "100000,1000000";
const DATA = "../shared/data/retrieval";

const PARTS: Record<string, (setting: string | undefined) => void | Promise<void>> = {
  quality: (data = DATA) => benchRetrieval(data),
  "fan-out": () => benchFanOut(),
  scale: (sizes = SIZES) => benchScale(sizes.split(",").map(Number)),
};

const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(PARTS);
for (const part of wanted) {
  const [name = "", setting] = part.split("=");
  const run = PARTS[name];
  if (!run) throw new Error(`there is no part ${name}; parts are: ${Object.keys(PARTS).join(", ")}`);
  process.stdout.write(`\n== ${name}\n`);
  await run(setting);
}
process.stdout.write("\nPubMed XML beside a Python parser: npm run bench:pubmed\n");
