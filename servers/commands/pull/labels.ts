/** openFDA: the partitions of drug labels and of approved applications, as its download list names them. */
import { z } from "zod";
import { baseOf, fileName, type PullKind } from "./kind.ts";
import { getText, unreadableListing } from "./listing.ts";

const OFFICIAL = "https://api.fda.gov";

const Dataset = z.object({
  partitions: z.array(z.object({ file: z.url(), size_mb: z.coerce.number().optional() })).min(1),
});
const Listing = z.object({ results: z.object({ drug: z.object({ label: Dataset, drugsfda: Dataset }) }) });

export const labels: PullKind = {
  kind: "labels",
  describe: "openFDA: drug labels and approved applications (some 2 GB)",
  async *files(context) {
    const address = new URL("download.json", baseOf("OPENFDA_URL", OFFICIAL));
    const { label, drugsfda } = parse(address, await getText(address, context)).results.drug;
    for (const { file, size_mb } of [...label.partitions, ...drugsfda.partitions]) {
      const url = new URL(file);
      yield { name: fileName(url), url, ...(size_mb === undefined ? {} : { bytes: Math.round(size_mb * 1e6) }) };
    }
  },
};

function parse(address: URL, text: string): z.infer<typeof Listing> {
  try {
    return Listing.parse(JSON.parse(text));
  } catch (error) {
    throw unreadableListing(address, (error as Error).message.slice(0, 200));
  }
}
