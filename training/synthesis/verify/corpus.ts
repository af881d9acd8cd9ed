/** The documents as the verifier reads them: one pass that notes where the needed names stand and where the needed words do. */
import { documentText } from "../../../schemas/index.ts";
import { words, type Knowledge } from "../../../servers/knowledge/index.ts";

/** A search looks at no word that stands in more than this share of the documents. */
const TOO_COMMON = 0.1;

export class Corpus {
  /** Folded name → documents that have it word for word. */
  readonly #naming = new Map<string, Set<number>>();
  /** Word → document → how often. */
  readonly #occurrences = new Map<string, Map<number, number>>();
  readonly #lengths: number[] = [];
  #total = 0;

  /** @param names that may be asked for, @param texts that may be searched for */
  constructor({ documents }: Knowledge, names: Iterable<string>, texts: Iterable<string>) {
    const byFirst = new Map<string, string[][]>();
    for (const name of names) {
      const parts = folded(name);
      const key = parts.join(" ");
      if (parts.length === 0 || this.#naming.has(key)) continue;
      this.#naming.set(key, new Set());
      const list = byFirst.get(parts[0]!);
      if (list) list.push(parts);
      else byFirst.set(parts[0]!, [parts]);
    }
    for (const text of texts) for (const word of folded(text)) this.#occurrences.set(word, new Map());
    for (const document of documents.all()) this.#read(folded(documentText(document)), byFirst);
  }

  /** Numbers of the documents that hold any of the names. */
  naming(names: readonly string[]): Set<number> {
    return new Set(names.flatMap((name) => [...(this.#naming.get(folded(name).join(" ")) ?? [])]));
  }

  /** Okapi BM25 (k1 1.2, b 0.75) over whole documents; equal scores in order of arrival. */
  search(text: string, limit: number): number[] {
    const n = this.#lengths.length;
    const score = new Float64Array(n);
    for (const word of new Set(folded(text))) {
      const found = this.#occurrences.get(word);
      if (!found || found.size > Math.max(1, TOO_COMMON * n)) continue;
      const idf = Math.log(1 + (n - found.size + 0.5) / (found.size + 0.5));
      for (const [d, count] of found) {
        const norm = 1.2 * (0.25 + (0.75 * this.#lengths[d]! * n) / this.#total);
        score[d]! += (idf * count * 2.2) / (count + norm);
      }
    }
    const best: number[] = [];
    for (let d = 0; d < n; d++) {
      if (score[d]! <= 0 || (best.length === limit && score[d]! <= score[best.at(-1)!]!)) continue;
      const at = best.findIndex((b) => score[b]! < score[d]!);
      best.splice(at < 0 ? best.length : at, 0, d);
      best.length = Math.min(best.length, limit);
    }
    return best;
  }

  #read(text: readonly string[], byFirst: ReadonlyMap<string, string[][]>): void {
    const d = this.#lengths.push(text.length) - 1;
    this.#total += text.length;
    for (const [i, word] of text.entries()) {
      const counts = this.#occurrences.get(word);
      counts?.set(d, (counts.get(d) ?? 0) + 1);
      for (const name of byFirst.get(word) ?? []) {
        if (name.every((part, j) => text[i + j] === part)) this.#naming.get(name.join(" "))!.add(d);
      }
    }
  }
}

export function folded(text: string): string[] {
  return words(text).map(({ norm }) => norm);
}
