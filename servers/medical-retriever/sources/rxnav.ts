/** RxNav: which drug a name is, what it contains, what it is sold as, and its classes, by RxNorm and RxClass. */
import { asFailure } from "../../kit/index.ts";
import { topicsOf } from "./drug-topics.ts";
import { running } from "./json-answers.ts";
import { namedThings, namesNoDrug, type Named } from "./named-things.ts";
import { drugDocument } from "./rxnav/document.ts";
import { drugOf, resolveDrug, type ResolvedDrug } from "./rxnav/resolve.ts";
import { noneWanted } from "./wanted-kinds.ts";
import type { LiveSource, SourceCall } from "./source.ts";

const MOST_DRUGS = 4;

/** RxNav's service of interactions ended on 2 January 2024. */
const NO_INTERACTIONS =
  "RxNorm holds no interactions between drugs: that nothing is said of one here does not mean that there is none; the labels have a section on them";

export const rxnav: LiveSource = {
  name: "rxnav",
  prefixes: ["RXCUI"],
  inapplicable: (question) => noneWanted(question, ["curated_database"]) ?? namesNoDrug(question),

  async search(question, call) {
    const now = running(call);
    const drugs = namedThings(question).drugs.slice(0, MOST_DRUGS);
    const settled = await Promise.allSettled(drugs.map((drug) => resolve(drug, now)));
    call.signal.throwIfAborted();
    const failures = settled.flatMap((one) => (one.status === "rejected" ? [one.reason as unknown] : []));
    const resolved = settled.flatMap((one) => (one.status === "fulfilled" && one.value ? [one.value] : []));
    // The nearest name is another drug: it is suggested, and never given as what was asked for.
    const found = resolved.filter(({ match }) => match !== "nearest");
    if (found.length === 0 && failures.length > 0) throw failures[0];
    const why = [
      ...failures.map((one) => asFailure(one).message),
      ...found.flatMap(({ name, missing }) => missing.map((what) => `of ${name} are missing ${what}`)),
      ...(found.some(({ stale }) => stale) ? ["older copies, since RxNav could not be asked"] : []),
    ];
    const asksInteractions = topicsOf(question.query).some(({ name }) => name === "interactions");
    return {
      documents: [...new Map(found.map((drug) => [drug.rxcui, drugDocument(drug)])).values()],
      count: found.length,
      notes: [...(asksInteractions ? [NO_INTERACTIONS] : []), ...resolved.flatMap(doubts)],
      ...(why.length > 0 ? { degraded: [...new Set(why)].join("; ") } : {}),
    };
  },

  async fetch(id, call) {
    const rxcui = id.slice(id.indexOf(":") + 1);
    if (!/^\d{1,9}$/.test(rxcui)) return undefined;
    const drug = await drugOf(rxcui, running(call));
    return drug && drugDocument(drug);
  },
};

/** By its number where a vocabulary gives one, else by name. A word that may be anything counts only where RxNorm has that very name, give or take a letter. */
async function resolve(drug: Named, call: () => SourceCall): Promise<ResolvedDrug | undefined> {
  const rxcui = drug.ids.map((id) => /^(?:RXCUI|RxCUI|RXNORM|RxNorm):(\d+)$/i.exec(id)?.[1]).find(Boolean);
  if (rxcui) {
    const found = await drugOf(rxcui, call);
    if (found) return found;
  }
  const found = await resolveDrug(drug.asked, call);
  return found && !drug.known && (found.match === "part" || found.match === "nearest") ? undefined : found;
}

/** What a reader must know before taking the concept for the drug that was meant. */
function doubts({ asked, name, match, ambiguous, suggestions }: ResolvedDrug): string[] {
  const others = suggestions
    .map((one) => one.name)
    .slice(0, 3)
    .join(", ");
  if (match === "nearest")
    return [`RxNorm has no drug called ${asked}; near are ${[name, others].filter(Boolean).join(", ")}`];
  if (ambiguous) return [`${asked} may mean ${name}, ${others}`];
  return match === "exact" ? [] : [`${asked} was taken for ${name}`];
}
