/** Which entities are meant: by a name, an identifier, or a text that mentions them. */
import type { FindEntitiesResult } from "../../../schemas/index.ts";
import { invalidArguments } from "../../kit/index.ts";
import { found, outcome, type Result } from "../answer.ts";
import type { GraphBackend } from "../backend.ts";
import { categoryOf } from "../terms.ts";

/** A query of more words is a text, unless a name is spelled exactly so. */
const LONG_NAME_WORDS = 8;

export interface FindOptions {
  category?: string | undefined;
  limit?: number | undefined;
}

/** Entities that a name, an identifier or a text means: see `linkName` and `linkText`. */
export async function findEntities(
  backend: GraphBackend,
  query: string,
  options: FindOptions,
): Promise<Result<typeof FindEntitiesResult>> {
  if (!query.trim()) throw invalidArguments("query is empty", "send a name, an identifier or a sentence");
  const category = options.category && (await categoryOf(backend, options.category));
  const words = query.trim().split(/\s+/).length;
  const upTo = words > LONG_NAME_WORDS ? "exact" : "fuzzy";
  // Of a name it is enough to know that there is one: what it begins is asked with it, below.
  const limit = upTo === "fuzzy" ? 1 : options.limit;
  const whole = await backend.link(query, { ...options, limit, category, upTo });
  // The name itself comes first; what it begins ("Gaucher disease, type I") follows.
  if (whole.length > 0 && upTo === "fuzzy") return found(await backend.link(query, { ...options, category }));
  if (whole.length > 0) return found(whole);
  const mentions = words > 1 ? await backend.mentions(query, { category, limit: options.limit ?? 40 }) : [];
  if (mentions.length > 0) return { ...found(mentions), notes: ["mentions in the text, each with its span"] };
  const partial = await backend.link(query, { ...options, category });
  if (partial.length > 0) return { ...found(partial), notes: ["no such name; these are the closest"] };
  return { entities: [], outcomes: [outcome(0, "nothing in this graph is named in the query")] };
}
