/** PubMed: the yearly baseline and the daily update files after it, numbered in one row, each with its MD5. */
import { baseOf, fileName, type PullContext, type PullKind, type RemoteFile } from "./kind.ts";
import { getText, unreadableListing } from "./listing.ts";

const OFFICIAL = "https://ftp.ncbi.nlm.nih.gov/pubmed";
const PARTS = ["baseline", "updatefiles"];

export const pubmed: PullKind = {
  kind: "pubmed",
  describe: "PubMed: baseline and update files (some 45 GB; --newest 10 for the latest ten)",
  async *files(context) {
    for (const part of PARTS) yield* filesIn(new URL(`${part}/`, baseOf("PUBMED_FTP_URL", OFFICIAL)), context);
  },
};

async function* filesIn(folder: URL, context: PullContext): AsyncGenerator<RemoteFile> {
  const page = await getText(folder, context);
  const names = new Set([...page.matchAll(/href="(pubmed\d+n\d+\.xml\.gz)"/g)].map(([, name]) => name!));
  if (names.size === 0) throw unreadableListing(folder, "no file such as pubmed26n0001.xml.gz is listed");
  for (const name of [...names].toSorted()) {
    const url = new URL(name, folder);
    yield { name: fileName(url), url, fixed: true, md5: () => md5Beside(url, context) };
  }
}

/** `MD5(pubmed26n0001.xml.gz)= 0123…`, or the hash and the name. */
async function md5Beside(url: URL, context: PullContext): Promise<string> {
  const text = await getText(new URL(`${url.href}.md5`), context);
  const md5 = /\b[0-9a-f]{32}\b/i.exec(text)?.[0];
  if (!md5) throw unreadableListing(new URL(`${url.href}.md5`), "it holds no MD5");
  return md5;
}
