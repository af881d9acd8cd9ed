/** The live sources that a question wants, asked at once; offline they say that they were not. */
import { orAborted } from "../kit/http/scope.ts";
import { isOffline } from "../kit/offline.ts";
import { fanOut, searching, type SourceReport } from "./fan-out/fan-out.ts";
import type { EvidenceFilter } from "./filter.ts";
import { liveQuestion } from "./live-question.ts";
import { idf } from "./local/statistics.ts";
import type { CallContext, Retriever } from "./retriever.ts";
import type { SourceName } from "./source-names.ts";

/** Live sources are asked at once; for the statistics of the collection, which make better queries, they wait so long. */
const STATISTICS_MS = 300;

interface LiveQuestion {
  query: string;
  sources: ReadonlySet<SourceName>;
  filter: EvidenceFilter;
}

/** The reports of the live sources that are wanted, in the order of SOURCES. */
export async function askLive(
  retriever: Retriever,
  { query, sources, filter }: LiveQuestion,
  context: CallContext,
): Promise<SourceReport[]> {
  const wanted = retriever.sources.filter(({ name }) => sources.has(name));
  if (wanted.length === 0) return [];
  if (isOffline()) return wanted.map(({ name }) => switchedOff(name));
  const index = await orAborted(statistics(retriever), context.signal);
  const rarity = (term: string) => (index ? idf(index, term) : 0);
  const asked = liveQuestion(retriever.knowledge, query, filter, rarity);
  return fanOut(wanted, searching(asked), { ...context, http: retriever.http });
}

/** The open index; undefined where it fails, or is only being built. */
async function statistics({ local }: Retriever) {
  const { promise: late, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(resolve, STATISTICS_MS, undefined);
  try {
    return await Promise.race([local.index().catch(() => undefined), late]);
  } finally {
    clearTimeout(timer);
  }
}

export function switchedOff(source: SourceName): SourceReport {
  const message = "live sources are switched off (MEDRESEARCHER_OFFLINE)";
  return { source, outcome: "unavailable", message, documents: [], notes: [] };
}

export function offlineNote(sources: ReadonlySet<SourceName>): string[] {
  if (!isOffline() || sources.size > 1 || !sources.has("local")) return [];
  return ["live sources are switched off (MEDRESEARCHER_OFFLINE): only what is stored here was searched"];
}
