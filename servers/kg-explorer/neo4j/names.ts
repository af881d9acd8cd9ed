/**
 * The names of a Neo4j graph in memory, so that linking reads them as it reads the embedded store's. Loaded once for each
 * revision: 37,000 entities with 59,000 names take 0.3 s of the processor, and 14 MB beside the texts.
 */
import { normaliseName } from "../../knowledge/index.ts";
import type { NameRow } from "../../knowledge/index.ts";
import type { NameSource } from "../../knowledge/name-source.ts";
import type { Neo4jConnection } from "./connection.ts";

/** Entities a query: bounds what is on its way at one time. */
const PAGE = 20_000;

export class Names implements NameSource {
  readonly #revision: string;
  readonly #byNorm = new Map<string, NameRow[]>();
  readonly #categories: string[] = [];
  readonly #rows = new Map<string, number>();
  readonly #aliases = new Map<string, number[]>();
  #norms: string[] | undefined;

  constructor(revision: string) {
    this.#revision = revision;
  }

  static async load(connection: Neo4jConnection, revision: string): Promise<Names> {
    const names = new Names(revision);
    for (let after = 0; ;) {
      const page = await connection.read(
        `MATCH (e:Entity) WHERE e.row > toInteger($after) RETURN e.row AS row, e.id AS id, e.name AS name, e.category AS category,
         e.synonyms AS synonyms, e.xrefs AS xrefs ORDER BY e.row LIMIT toInteger($page)`,
        { after, page: PAGE },
        LOAD_MS,
      );
      for (const { row, id, name, category, synonyms, xrefs } of page) {
        names.add(
          Number(row),
          id as string,
          category as string,
          [name as string, ...(synonyms as string[])],
          xrefs as string[],
        );
      }
      if (page.length < PAGE) return names;
      after = Number(page.at(-1)!["row"]);
    }
  }

  /** Entities come by row, ascending; their own name is the first. */
  add(row: number, id: string, category: string, names: readonly string[], xrefs: readonly string[]): void {
    this.#rows.set(id, row);
    this.#categories[row] = category;
    for (const alias of xrefs) {
      const owners = this.#aliases.get(alias);
      if (!owners) this.#aliases.set(alias, [row]);
      else if (owners.at(-1) !== row) owners.push(row);
    }
    names.forEach((name, i) => {
      const norm = normaliseName(name);
      if (norm) this.#addName({ norm, name, entity: row, preferred: i === 0 });
    });
  }

  revision(): string {
    return this.#revision;
  }

  norms(): string[] {
    return (this.#norms ??= [...this.#byNorm.keys()].toSorted(byCodePoint));
  }

  named(norm: string): NameRow[] {
    return (this.#byNorm.get(norm) ?? []).toSorted(
      (a, b) => Number(b.preferred) - Number(a.preferred) || a.entity - b.entity,
    );
  }

  hasNamePrefix(norm: string): boolean {
    return this.norms()[this.#firstFrom(norm)]?.startsWith(norm) ?? false;
  }

  namesWithPrefix(norm: string, limit: number): NameRow[] {
    const norms = this.norms();
    const first = this.#firstFrom(norm);
    let end = first;
    while (end < norms.length && norms[end]!.startsWith(norm)) end++;
    return norms
      .slice(first, end)
      .toSorted((a, b) => lengthOf(a) - lengthOf(b) || byCodePoint(a, b))
      .slice(0, limit)
      .flatMap((each) => this.#byNorm.get(each)!.toSorted((a, b) => a.entity - b.entity))
      .slice(0, limit);
  }

  rowsOf(id: string): number[] {
    const own = this.#rows.get(id);
    return own === undefined ? (this.#aliases.get(id) ?? []) : [own];
  }

  briefAt(row: number): { category: string } {
    return { category: this.#categories[row]! };
  }

  #addName(name: NameRow): void {
    const bearers = this.#byNorm.get(name.norm);
    if (!bearers) this.#byNorm.set(name.norm, [name]);
    else if (bearers.at(-1)!.entity !== name.entity) bearers.push(name);
  }

  #firstFrom(norm: string): number {
    const norms = this.norms();
    let [low, high] = [0, norms.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (byCodePoint(norms[middle]!, norm) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

const LOAD_MS = 60_000;

/** As SQLite orders text: by UTF-8 bytes, which is by code points. */
function byCodePoint(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (x !== y) return rank(x) - rank(y);
  }
  return a.length - b.length;
}

/** Halves of characters beyond the first plane come after all of it. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

/** In characters, as SQLite counts. */
function lengthOf(text: string): number {
  return text.length - (text.match(/[\ud800-\udbff]/g)?.length ?? 0);
}
