/** ClinicalTrials.gov: the records of a question, or all, a thousand a file, of one release of its data. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { baseOf, type PullContext, type PullKind, type RemoteFile } from "./kind.ts";
import { getText, unreadableListing } from "./listing.ts";

const OFFICIAL = "https://clinicaltrials.gov/api/v2";
const PAGE_SIZE = "1000";

const base = () => baseOf("CLINICALTRIALS_URL", OFFICIAL);

export const trials: PullKind = {
  kind: "trials",
  describe: 'ClinicalTrials.gov: records of a question (--query "Marfan syndrome"), or all (some 40 GB)',
  // The pages of two releases do not fit together: records move between them.
  async subfolder(context) {
    const address = new URL("version", base());
    const released = /"dataTimestamp"\s*:\s*"(\d{4}-\d\d-\d\d)/.exec(await getText(address, context))?.[1];
    if (!released) throw unreadableListing(address, "it names no dataTimestamp");
    return context.query ? `${released}-${short(context.query)}` : released;
  },
  async *files({ query, folder }: PullContext): AsyncGenerator<RemoteFile> {
    let token: string | undefined;
    for (let n = 1; n === 1 || token; n++) {
      const url = new URL("studies", base());
      url.searchParams.set("pageSize", PAGE_SIZE);
      if (query) url.searchParams.set("query.term", query);
      if (token) url.searchParams.set("pageToken", token);
      const name = `studies-${String(n).padStart(5, "0")}.json`;
      yield { name, url, fixed: true };
      token = nextToken(join(folder, name), url);
    }
  },
};

function nextToken(path: string, url: URL): string | undefined {
  try {
    const page = JSON.parse(readFileSync(path, "utf8")) as { studies?: unknown; nextPageToken?: string };
    if (Array.isArray(page.studies)) return page.nextPageToken;
  } catch {
    // Said below: a page for people, or cut off.
  }
  throw unreadableListing(url, `${path} is no page of studies; delete it and run the command again`);
}

/** A folder's name for a question: readable, and another for another question. */
function short(query: string): string {
  const words = query
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, 40)
    .replaceAll(/^-|-$/g, "");
  return `${words}-${createHash("sha256").update(query).digest("hex").slice(0, 8)}`;
}
