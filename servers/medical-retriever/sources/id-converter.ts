/** NCBI's id converter: what one article is called as PMID, PMC id and DOI. It knows the articles of PMC only, and says so. */
import { asFailure } from "../../kit/index.ts";
import { get, objects, text } from "../../knowledge/sources/json/loose.ts";
import { refusePage } from "./answer-checks.ts";
import { askJson, unavailable, type Service } from "./json-answers.ts";
import { ASK_LATER, ncbiFailure, ncbiIdentity, ncbiLimit } from "./pubmed/eutils.ts";
import type { SourceCall } from "./source.ts";

/** As in `Document.identifiers`. */
export interface ArticleIds {
  pmid?: string;
  /** With its letters: `PMC3040717`. */
  pmcid?: string;
  doi?: string;
}
export interface Unresolved {
  unresolved: string;
}

const MONTH = 30 * 86_400;
const BATCH = 200;

/** One kind in a request: PMC ids and bare numbers together give wrong answers. */
const KINDS = {
  pmid: /^(?:PMID:)?(\d{1,9})$/i,
  pmcid: /^(?:PMC:)?(PMC\d{1,9})(?:\.\d+)?$/i,
  doi: /^(?:DOI:)?(10\.\d{4,9}\/\S+)$/i,
} as const;
type Kind = keyof typeof KINDS;

/**
 * @param ids `PMID:…`, `PMC:PMC…`, `DOI:…`, or bare
 * @returns for each of them, by its spelling there, its other names or why it has none
 * @throws ToolError where nothing could be asked; where a part of the requests failed, those ids say so
 */
export async function convertIds(
  ids: readonly string[],
  call: SourceCall,
): Promise<Map<string, ArticleIds | Unresolved>> {
  const result = new Map<string, ArticleIds | Unresolved>();
  const batches: { kind: Kind; asked: Map<string, string[]> }[] = [];
  for (const kind of Object.keys(KINDS) as Kind[]) {
    const asked = Map.groupBy(new Set(ids), (id) => localId(kind, id) ?? "");
    const entries = [...asked].filter(([local]) => local !== "");
    for (let i = 0; i < entries.length; i += BATCH) {
      batches.push({ kind, asked: new Map(entries.slice(i, i + BATCH)) });
    }
  }
  const answers = await Promise.allSettled(batches.map(({ kind, asked }) => ask(kind, [...asked.keys()], call)));
  call.signal.throwIfAborted();
  const failed = answers.filter((answer) => answer.status === "rejected");
  if (failed.length > 0 && failed.length === answers.length) throw failed[0]!.reason;
  for (const [i, answer] of answers.entries()) {
    for (const [local, spellings] of batches[i]!.asked) {
      const found =
        answer.status === "fulfilled"
          ? (answer.value.get(local) ?? { unresolved: "the id converter did not answer for it" })
          : { unresolved: asFailure(answer.reason).message };
      for (const id of spellings) result.set(id, found);
    }
  }
  for (const id of ids) if (!result.has(id)) result.set(id, { unresolved: "is neither a PMID nor a PMC id nor a DOI" });
  return result;
}

function localId(kind: Kind, id: string): string | undefined {
  const local = KINDS[kind].exec(id.trim())?.[1];
  return kind === "pmid" ? local?.replace(/^0+/, "") : kind === "pmcid" ? local?.toUpperCase() : local?.toLowerCase();
}

async function ask(
  kind: Kind,
  ids: readonly string[],
  call: SourceCall,
): Promise<Map<string, ArticleIds | Unresolved>> {
  const converter: Service = {
    name: "the id converter",
    variable: "IDCONV_URL",
    base: "https://pmc.ncbi.nlm.nih.gov/tools/idconv/api/v1",
    limit: ncbiLimit("IDCONV_URL"),
  };
  const { value } = await askJson(
    converter,
    {
      path: "/articles/",
      parameters: { ids: ids.join(","), idtype: kind, format: "json", ...ncbiIdentity() },
      ttlSeconds: MONTH,
      // It answers 400 where none of the ids is known or well formed, with a record for each.
      statuses: [400],
      judge: refuseError,
      isAnswer: hasRecords,
    },
    call,
  );
  return new Map(objects(value, "records").map((row) => [requested(kind, row), idsOf(row)]));
}

/** @throws ToolError */
function refuseError({ value, text: body }: { value: unknown; text: string }): void {
  refusePage("the id converter", body, ASK_LATER);
  if (hasRecords(value)) return;
  const said = text(value, "message") || text(value, "errmsg");
  throw said ? ncbiFailure("the id converter", said) : unavailable("the id converter's answer was cut off");
}

function hasRecords(value: unknown): boolean {
  const records = get(value, "records");
  return typeof records === "object" && records !== null;
}

/** The id that was asked for; older answers do not repeat it. */
function requested(kind: Kind, row: unknown): string {
  const id = text(row, "requested-id") || text(row, kind);
  return localId(kind, id) ?? id;
}

function idsOf(row: unknown): ArticleIds | Unresolved {
  const ids = (["pmid", "pmcid", "doi"] as const).map((kind) => [kind, text(row, kind)] as const);
  const known = ids.filter(([, id]) => id !== "");
  if (text(row, "status") === "error" || known.length === 0) {
    return { unresolved: text(row, "errmsg") || "is not an article of PMC" };
  }
  return Object.fromEntries(known) as ArticleIds;
}
