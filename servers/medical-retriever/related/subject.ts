/** What related evidence is asked about: a document, an entity of the vocabulary, or a text. */
import type { Document } from "../../../schemas/index.ts";
import { asFailure, invalidArguments, ToolError } from "../../kit/index.ts";
import { isOffline } from "../../kit/offline.ts";
import { linkName } from "../../knowledge/index.ts";
import { aliasesOf, canonicalId, prefixOf } from "../../knowledge/document-ids.ts";
import { getDocument } from "../get-document.ts";
import type { CallContext, Retriever } from "../retriever.ts";
import { convertIds } from "../sources/id-converter.ts";

export interface Subject {
  /** Canonical; empty for a text. */
  id: string;
  /** Undefined where the id alone is known, or it is no document. */
  document?: Document;
  /** What to search for, where the relation is to be searched for. */
  name: string;
  /** All ids that it goes by. */
  ids: string[];
  notes: string[];
}

/** @throws ToolError where neither an id nor a text is given, or the id is unknown everywhere */
export async function subjectOf(
  retriever: Retriever,
  { id, text }: { id?: string | undefined; text?: string | undefined },
  context: CallContext,
): Promise<Subject> {
  if (!id) {
    if (!text) throw invalidArguments("neither id nor text was given", "give the id of a document, or a text");
    return { id: "", name: text, ids: [], notes: [] };
  }
  const canonical = canonicalId(id);
  try {
    const { document, outcomes } = await getDocument(retriever, id, context);
    const notes = outcomes.filter(({ outcome }) => outcome === "degraded").flatMap(({ message }) => message ?? []);
    return { id: document.id, document, name: nameOf(document), ids: idsOf(canonical, document), notes };
  } catch (error) {
    context.signal.throwIfAborted();
    return entity(retriever, id) ?? named(retriever, id) ?? (await numberAlone(retriever, canonical, error, context));
  }
}

/** A drug or disease by its CURIE. */
function entity({ knowledge }: Retriever, id: string): Subject | undefined {
  const [found] = linkName(knowledge.graph, id, { upTo: "exact", limit: 1 });
  return found && { id: found.id, name: found.name, ids: [...new Set([canonicalId(id), found.id])], notes: [] };
}

/** What has no form of an identifier is a name: as the vocabulary spells it where it is only misspelt, else as it is. */
function named({ knowledge }: Retriever, text: string): Subject | undefined {
  if (prefixOf(canonicalId(text)) !== "") return undefined;
  const [found] = linkName(knowledge.graph, text, { limit: 1 });
  if (found?.match !== "fuzzy") return { id: "", name: text, ids: [], notes: [] };
  const notes = [`nothing is called ${text.slice(0, 100)}: taken as a misspelling of ${found.matchedName}`];
  return { id: found.id, name: found.name, ids: [found.id], notes };
}

/** A paper or trial that cannot be read now may still be asked about by its number. */
async function numberAlone(
  { http, sources }: Retriever,
  id: string,
  error: unknown,
  { signal }: CallContext,
): Promise<Subject> {
  const isAway = error instanceof ToolError && error.reason !== "not_found";
  if (!isAway || !/^(?:PMID|PMC|DOI|NCT):/.test(id)) throw error;
  const notes = [asFailure(error).message];
  if (!/^(?:PMC|DOI):/.test(id) || isOffline() || sources.length === 0) return { id, name: "", ids: [id], notes };
  const converted = await convertIds([id], { http, signal, deadlineMs: 4000 }).catch(() => undefined);
  signal.throwIfAborted();
  const ids = converted?.get(id);
  if (!ids || "unresolved" in ids) notes.push(`${id} could not be resolved to a PMID`);
  const pmid = ids && "pmid" in ids && ids.pmid ? [`PMID:${ids.pmid}`] : [];
  return { id, name: "", ids: [id, ...pmid], notes };
}

/** The id, and those by which other documents may name it. */
function idsOf(asked: string, { id, identifiers = {}, related = {} }: Document): string[] {
  const { pmid, pmcid, doi, nct, setid, application, rxcui } = identifiers;
  return [
    ...new Set([
      id,
      ...aliasesOf(asked).slice(0, 1),
      ...many("PMID", pmid),
      ...many("PMC", pmcid),
      ...many("DOI", doi),
      ...(id.startsWith("NCT:") ? many("NCT", nct) : []),
      ...many("SPL", setid),
      ...many("NDA", application),
      ...(prefixOf(id) === "RXCUI" ? many("RXCUI", rxcui) : []),
      // Labels of one substance are found by it.
      ...(/^(?:SPL|NDA|RXCUI):/.test(id) ? [...(related["substance"] ?? []), ...(related["application"] ?? [])] : []),
    ]),
  ];
}

/** `Lipitor (atorvastatin calcium): human prescription drug label` is of Lipitor; a paper is of what its title says. */
function nameOf({ id, title }: Document): string {
  if (!/^(?:SPL|NDA|RXCUI|FAERS|SHORTAGE|RECALL):/.test(id)) return title;
  const [name = title] = title.split(":");
  return name.replaceAll(/[()]/g, " ").replaceAll(/\s+/g, " ").trim() || title;
}

/** `PMID:1` for a value `1`; several where it lists several. */
export function many(prefix: string, value: string | undefined): string[] {
  return (value || undefined)?.split(", ").map((one) => `${prefix}:${one}`) ?? [];
}
