/** Which entities a sentence of a note names: the longest known name at each place, plurals folded. */
import type { Entity } from "../../../schemas/index.ts";
import { words } from "../names.ts";

const NONE: ReadonlySet<string> = new Set();

export class Mentions {
  readonly #ids = new Map<string, Set<string>>();
  #longest = 0;

  constructor(entities: Iterable<Pick<Entity, "id" | "name" | "synonyms">>) {
    for (const { id, name, synonyms = [] } of entities) {
      for (const known of [name, ...synonyms]) this.#add(id, fold(known));
    }
  }

  /** Ids of all entities that the sentence names. "sacubitril/valsartan", where it is a name itself, is no mention of valsartan. */
  of(sentence: string): Set<string> {
    const folded = fold(sentence);
    const found = new Set<string>();
    for (let i = 0; i < folded.length;) {
      const [ids, length] = this.#longestAt(folded, i);
      for (const id of ids) found.add(id);
      i += length;
    }
    return found;
  }

  #add(id: string, name: string[]): void {
    const key = name.join(" ");
    const ids = this.#ids.get(key) ?? new Set();
    this.#ids.set(key, ids.add(id));
    this.#longest = Math.max(this.#longest, name.length);
  }

  #longestAt(folded: string[], start: number): [ReadonlySet<string>, number] {
    for (let length = Math.min(this.#longest, folded.length - start); length > 0; length--) {
      const ids = this.#ids.get(folded.slice(start, start + length).join(" "));
      if (ids) return [ids, length];
    }
    return [NONE, 1];
  }
}

/** Words with their plural endings folded, alike on both sides: "therapies" as "therapy", "SSRIs" as "SSRI". */
function fold(text: string): string[] {
  return words(text).map(({ norm }) => {
    if (norm.length < 4 || norm.endsWith("ss")) return norm;
    return norm.replace(/ies$/, "y").replace(/s$/, "");
  });
}
