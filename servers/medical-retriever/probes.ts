/**
 * Whether the live sources answer: each is asked, through its own client, something that it cannot fail to know, so that
 * a changed interface or a refused key shows as well as a server that is away.
 */
import { httpClient } from "../kit/http/index.ts";
import { configuredEmbedder } from "./embedding/index.ts";
import { convertIds } from "./sources/id-converter.ts";
import { impactOf } from "./sources/icite.ts";
import { LIVE_SOURCES } from "./sources/index.ts";
import { openArticle } from "./sources/pmc/bucket.ts";
import type { LiveSource, SourceCall, SourceQuestion } from "./sources/source.ts";

export interface Probe {
  name: string;
  /** Environment variable that names another address. */
  variable: string;
  /** @returns what came, in a few words @throws ToolError where it cannot be asked; Error where it answers, but not as it should */
  ask(call: SourceCall): Promise<string>;
}

const NAMES: Readonly<Record<string, string>> = {
  pubmed: "PubMed",
  europepmc: "Europe PMC",
  pmc: "PMC",
  openfda: "openFDA",
  dailymed: "DailyMed",
  clinicaltrials: "ClinicalTrials.gov",
  rxnav: "RxNav",
};
/** PMC is asked through the E-utilities, at PubMed's address. */
const VARIABLES: Readonly<Record<string, string>> = { pmc: "PUBMED_URL" };

/** A drug that every source has something about, in words and as the vocabulary would give it. */
const IMATINIB: SourceQuestion = {
  query: "imatinib",
  entities: () => [{ id: "RXCUI:282388", name: "imatinib", category: "Drug", text: "imatinib", synonyms: ["Gleevec"] }],
  rarity: () => 1,
  limit: 1,
};
/** An open and much cited article (Ioannidis, PLoS Medicine 2005). */
const ARTICLE = { pmid: "16060722", pmcid: "PMC1182327" };

export const SOURCE_PROBES: readonly Probe[] = [
  ...LIVE_SOURCES.map(probeOf),
  {
    name: "PMC open articles",
    variable: "PMC_OA_URL",
    async ask(call) {
      const article = await openArticle(ARTICLE.pmcid, () => call);
      if (!article) throw new Error(`it has no ${ARTICLE.pmcid}: its layout may have changed`);
      return `gives ${ARTICLE.pmcid}`;
    },
  },
  {
    name: "id converter",
    variable: "IDCONV_URL",
    async ask(call) {
      const found = (await convertIds([ARTICLE.pmcid], call)).get(ARTICLE.pmcid);
      if (!found || "unresolved" in found) throw new Error(`it does not resolve ${ARTICLE.pmcid}`);
      return `resolves ${ARTICLE.pmcid}`;
    },
  },
  {
    name: "iCite",
    variable: "ICITE_URL",
    async ask(call) {
      const impact = (await impactOf([ARTICLE.pmid], call)).get(ARTICLE.pmid);
      if (!impact) throw new Error(`it has no figures for PMID ${ARTICLE.pmid}`);
      return `knows ${impact.citations ?? 0} citations of PMID ${ARTICLE.pmid}`;
    },
  },
];

function probeOf(source: LiveSource): Probe {
  return {
    name: NAMES[source.name] ?? source.name,
    variable: VARIABLES[source.name] ?? `${source.name.toUpperCase()}_URL`,
    async ask(call) {
      const { documents, degraded } = await source.search(IMATINIB, call);
      if (degraded) throw new Error(`it answers in part: ${degraded}`);
      const [first] = documents;
      if (!first) throw new Error("it has nothing about imatinib: its interface may have changed");
      return `finds ${first.id}`;
    },
  };
}

/** @returns what the configured embedder made of a word; undefined where none is configured @throws ToolError or Error */
export async function askEmbedder(signal: AbortSignal): Promise<string | undefined> {
  const client = httpClient({ cacheFile: false });
  try {
    const embedder = configuredEmbedder(client);
    if (!embedder) return undefined;
    try {
      const [vector] = await embedder.embed(["imatinib"], "query", signal);
      return `${embedder.name} gives vectors of ${vector!.length} numbers`;
    } finally {
      await embedder.close();
    }
  } finally {
    client.close();
  }
}
