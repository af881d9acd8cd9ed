/** The index of one revision, open for questions: candidates from LanceDB, statistics of the whole collection beside it. */
import { join } from "node:path";
import type { Connection, Table } from "@lancedb/lancedb";
import { daysOf, type Candidate, type DocumentIndex, type IndexFilter, type IndexQuestion } from "./document-index.ts";
import { FILES, readDescription, type IndexDescription } from "./folder.ts";
import { fromTerms, type IndexRow } from "./rows.ts";
import { TermStatistics } from "./term-statistics.ts";

export class SearchIndex implements DocumentIndex {
  readonly documents: number;
  readonly meanTitleLength: number;
  readonly meanBodyLength: number;
  readonly newest: string | undefined;
  readonly embedder: string | undefined = undefined;
  readonly frequency = (term: string): number => this.#terms.frequency(term);
  readonly #terms: TermStatistics;
  readonly #db: Connection | undefined;
  readonly #table: Table | undefined;

  private constructor(description: IndexDescription, terms: TermStatistics, db?: Connection, table?: Table) {
    ({
      documents: this.documents,
      meanTitleLength: this.meanTitleLength,
      meanBodyLength: this.meanBodyLength,
      newest: this.newest,
    } = description);
    this.#terms = terms;
    this.#db = db;
    this.#table = table;
  }

  /** @throws Error where the folder holds no complete index */
  static async open(folder: string): Promise<SearchIndex> {
    const description = readDescription(folder);
    if (!description) throw new Error(`${folder} holds no search index`);
    const terms = new TermStatistics(join(folder, FILES.terms));
    if (description.documents === 0) return new SearchIndex(description, terms);
    const lance = await import("@lancedb/lancedb");
    const db = await lance.connect(join(folder, FILES.lance));
    return new SearchIndex(description, terms, db, await db.openTable(FILES.table));
  }

  /** The documents that share most with the terms, by the index's own scoring: a generous first choice for exact ranking. */
  async candidates({ terms, limit, filter: wanted = {} }: IndexQuestion): Promise<Candidate[]> {
    const known = terms.map(({ term }) => term).filter((term) => this.frequency(term) > 0);
    if (!this.#table || known.length === 0) return [];
    const { MatchQuery } = await import("@lancedb/lancedb");
    const query = this.#table
      .query()
      .fullTextSearch(new MatchQuery(known.join(" "), "terms"))
      .select(["id", "published", "kind", "integrity", "terms", "_score"])
      .limit(limit);
    const filter = conditionOf(wanted);
    const rows = (await (filter ? query.where(filter) : query).toArray()) as IndexRow[];
    return rows.map(({ id, published, kind, integrity, terms }) => {
      return { id, published, kind, integrity, terms: fromTerms(terms) };
    });
  }

  close(): void {
    this.#terms.close();
    this.#table?.close();
    this.#db?.close();
  }
}

function conditionOf({ from, to, kinds = [] }: IndexFilter): string | undefined {
  const conditions: string[] = [];
  if (from || to) conditions.push("published <> ''");
  if (from) conditions.push(`(published >= '${date(from)}' OR starts_with('${date(from)}', published))`);
  if (to) conditions.push(`(published <= '${date(to)}' OR starts_with(published, '${date(to)}'))`);
  if (kinds.length > 0)
    conditions.push(`kind IN (${kinds.map((kind) => `'${kind.replaceAll("'", "''")}'`).join(", ")})`);
  return conditions.length > 0 ? conditions.join(" AND ") : undefined;
}

function date(value: string): string {
  daysOf(value);
  return value;
}
