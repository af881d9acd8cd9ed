/** DailyMed: all labels as zip files of SPL, listed on a page for people, with the MD5 beside each. */
import { baseOf, fileName, type PullKind } from "./kind.ts";
import { getText, unreadableListing } from "./listing.ts";

const OFFICIAL = "https://dailymed.nlm.nih.gov/dailymed";
const PAGE = "spl-resources-all-drug-labels.cfm";
const LINK = /href="([^"]+\/(dm_spl_release_[\w-]+\.zip))"/g;

export const spl: PullKind = {
  kind: "spl",
  describe: "DailyMed: all labels in SPL (some 20 GB; --only human_otc for one class)",
  async *files(context) {
    const address = new URL(PAGE, baseOf("DAILYMED_FILES_URL", OFFICIAL));
    const page = await getText(address, context);
    const links = [...page.matchAll(LINK)];
    if (links.length === 0)
      throw unreadableListing(address, "no file such as dm_spl_release_human_rx_part1.zip is listed");
    const seen = new Set<string>();
    for (const [i, { 1: href, 2: name, index }] of links.entries()) {
      if (seen.has(name!)) continue;
      seen.add(name!);
      const url = new URL(href!.replaceAll("&amp;", "&"), address);
      // The hash stands between this file's link and the next file's; where it does not, the size alone is checked.
      const next = links.slice(i + 1).find((link) => link[2] !== name)?.index ?? page.length;
      const md5 = /\b[0-9a-f]{32}\b/i.exec(page.slice(index, next))?.[0];
      yield { name: fileName(url), url, ...(md5 ? { md5: () => Promise.resolve(md5) } : {}) };
    }
  },
};
