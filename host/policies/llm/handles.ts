/** Short names for what a conversation has shown: `@e3` an entity, `@r1` a relation, `@p2` a passage, `@d1` a document, `@c1` a cursor, `@q` the question. */

export type HandleKind = "e" | "r" | "p" | "d" | "c";

interface Named {
  handle: string;
  id: string;
  /** What the handle stands for within a sentence. */
  name: string;
}

const YEAR = /\b(?:1[5-9]|20)\d\d\b/;
const HANDLE = /(?<![\p{L}\p{N}])@(?:q|[erpdc]\d+)\b/gu;

export class Handles {
  readonly #question: string;
  readonly #byId = new Map<string, Named>();
  readonly #byHandle = new Map<string, Named>();
  readonly #count = new Map<HandleKind, number>();

  constructor(question: string) {
    this.#question = question;
  }

  has(id: string): boolean {
    return this.#byId.has(id);
  }

  /** The handle of `id`: a new one at its first mention. `name` is how it reads in a sentence; the id itself where it has none. */
  give(kind: HandleKind, id: string, name = id): string {
    const known = this.#byId.get(id);
    if (known) return known.handle;
    const number = (this.#count.get(kind) ?? 0) + 1;
    this.#count.set(kind, number);
    const named = { handle: `@${kind}${number}`, id, name };
    this.#byId.set(id, named);
    this.#byHandle.set(named.handle, named);
    return named.handle;
  }

  /** The handle for an id that was shown; else the id. */
  handleOf(id: string): string {
    return this.#byId.get(id)?.handle ?? id;
  }

  /** The id of a handle that was given; else the text as it is. */
  idOf(text: string): string {
    return this.#byHandle.get(text.trim())?.id ?? text;
  }

  /** A sentence with names in the place of handles. */
  read(text: string): string {
    return text.replace(
      HANDLE,
      (handle) => (handle === "@q" ? this.#question : this.#byHandle.get(handle)?.name) ?? handle,
    );
  }

  /** A sentence with handles in the place of the question and of names of entities, longest names first. */
  write(text: string): string {
    return this.#withoutNames(this.#question ? text.replaceAll(this.#question, "@q") : text);
  }

  /** The question with handles in the place of the names that are known by now. */
  restated(): string {
    return this.#withoutNames(this.#question);
  }

  /** Whether the question speaks of this value: in these words, or of years where it is one. */
  isAsked(value: string): boolean {
    if (YEAR.test(value) && YEAR.test(this.#question)) return true;
    return new RegExp(`(?<![\\p{L}\\p{N}])${escaped(value)}(?![\\p{L}\\p{N}])`, "iu").test(this.#question);
  }

  #withoutNames(text: string): string {
    const entities = [...this.#byHandle.values()].filter(
      ({ handle, name }) => handle.startsWith("@e") && name.length > 2,
    );
    if (entities.length === 0) return text;
    const byName = new Map<string, string>();
    // Two things of one name: the first that was shown is meant, and read back it is the same name.
    for (const { name, handle } of entities) if (!byName.has(fold(name))) byName.set(fold(name), handle);
    const longestFirst = [...byName.keys()].toSorted((a, b) => b.length - a.length);
    const anyName = new RegExp(
      `(?<![\\p{L}\\p{N}@])(?:${longestFirst.map(escaped).join("|")})(?![\\p{L}\\p{N}])`,
      "giu",
    );
    return text.replace(anyName, (name) => byName.get(fold(name)) ?? name);
  }
}

/** Names are found however their letters are: one that begins a sentence has a capital. */
function fold(name: string): string {
  return name.toLowerCase();
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
