/**
 * What a live source is to the search: it is asked in parallel with the others under one deadline, and says how it
 * went. A new one is a file or folder beside this, a name in ../source-names.ts and a line in index.ts.
 */
import type { Document } from "../../../schemas/index.ts";
import type { HttpClient } from "../../kit/http/index.ts";
import type { SourceName } from "../source-names.ts";

/** An entity that the question names, as the vocabulary has it. */
export interface NamedEntity {
  id: string;
  name: string;
  /** Biolink without prefix: Disease, Drug, Gene … */
  category: string;
  /** The words of the question. */
  text: string;
  /** Other names: synonyms, brand and generic names. */
  synonyms: readonly string[];
}

export interface SourceQuestion {
  /** In the user's words. */
  query: string;
  /** What the vocabulary knows of it, longest mention first; empty where it knows nothing. Costs time: asked only when needed. */
  entities: () => readonly NamedEntity[];
  /** How rare a search term is in the local collection (idf); 0 where nothing is known. */
  rarity: (term: string) => number;
  /** Dates of publication, `YYYY[-MM[-DD]]`, inclusive. */
  from?: string;
  to?: string;
  /** Kinds of evidence (see ../kinds.ts) that alone are wanted, for sources that can be asked for them; all where absent. */
  kinds?: readonly string[];
  /** Records that can take part in the ranking. */
  limit: number;
}

export interface SourceAnswer {
  /** In the source's own order. */
  documents: Document[];
  /** How many records the source has for the question, where it says so. */
  count?: number;
  /** Why the answer is partial or old, where it is: it then counts as degraded. */
  degraded?: string;
  /** What the source says about the question: ignored terms, corrected spelling. */
  notes: string[];
}

export interface SourceCall {
  http: HttpClient;
  signal: AbortSignal;
  /** For the whole call, queueing and retries included, in milliseconds from now. */
  deadlineMs: number;
}

export interface LiveSource {
  readonly name: SourceName;
  /** Prefixes of the ids that `fetch` can be asked for: `["PMID", "DOI"]`. */
  readonly prefixes: readonly string[];
  /** `search` gives parts of its records, which are long: what is to be read is fetched, not what a search left. */
  readonly extracts?: boolean;
  /** Why such a question is none of this source's (outcome `inapplicable`); undefined where it is asked. */
  inapplicable?(question: SourceQuestion): string | undefined;
  /** @throws ToolError where it could not be asked: an empty list means that it has nothing */
  search(question: SourceQuestion, call: SourceCall): Promise<SourceAnswer>;
  /** The record of a canonical id; undefined where the source has none. @throws ToolError where it could not be asked */
  fetch?(id: string, call: SourceCall): Promise<Document | undefined>;
}
