/** What kind of site a page is on, and from what that is known: a listed host (hosts.ts), else a rule on the address. */
import { liesIn } from "../question/sites.ts";
import { HOSTS, NAMES } from "./hosts.ts";

export type SiteKind = keyof typeof HOSTS | "other";

export interface KindOfSite {
  type: SiteKind;
  /** For a reader to check: `fda.gov is a regulator or its register of products`. */
  typeFrom: string;
}

interface Listed {
  site: string;
  type: keyof typeof HOSTS;
}

/** Longest first, so that `ncbi.nlm.nih.gov/clinvar` is judged before `ncbi.nlm.nih.gov`. */
const LISTED: readonly Listed[] = (Object.keys(HOSTS) as (keyof typeof HOSTS)[])
  .flatMap((type) =>
    HOSTS[type]
      .trim()
      .split(/\s+/)
      .map((site) => ({ site, type })),
  )
  .toSorted((a, b) => b.site.length - a.site.length);

interface Rule {
  type: keyof typeof HOSTS;
  holds: (url: URL) => boolean;
  because: string;
}

/** In this order; each says what a reader can see in the address. */
const RULES: readonly Rule[] = [
  {
    type: "journal",
    holds: ({ pathname }) => /\/(?:doi|article)s?(?:\/\w+)?\/10\.\d{4,9}\//i.test(pathname),
    because: "the path holds a DOI, as journals' pages do",
  },
  {
    type: "company",
    holds: ({ hostname }) => /^(?:investors?|ir)\./.test(hostname),
    because: "the host is one for investors, as companies have",
  },
  {
    type: "company",
    holds: ({ hostname }) =>
      /^(?:[\w-]+\.)*[\w-]*(?:pharma|biotech|therapeutics|biosciences?|biopharma)\.com$/.test(hostname),
    because: "the name of the host is that of a drug company",
  },
  {
    type: "news",
    holds: ({ hostname }) => /^news\.|(?:^|\.)[\w-]*news\.\w+$/.test(hostname),
    because: "the name of the host is that of a news site",
  },
];

/** @param address http or https */
export function kindOfSite(address: string): KindOfSite {
  const url = new URL(address);
  const listed = LISTED.find(({ site }) => liesIn(url, site));
  if (listed) return { type: listed.type, typeFrom: `${listed.site} is ${NAMES[listed.type]}` };
  const rule = RULES.find(({ holds }) => holds(url));
  if (rule) return { type: rule.type, typeFrom: rule.because };
  return { type: "other", typeFrom: `no rule knows ${url.hostname}` };
}
