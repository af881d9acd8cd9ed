/** Every name of every finding, as a tree of folded words for longest-match reading; plus the words that names are made of, for typing errors. */
import { allowedTypos, editDistance } from "../../knowledge/index.ts";
import type { ClinicalModel } from "../model/model.ts";
import { tokensOf } from "./fold.ts";
import { LAY_TERMS } from "./lay-terms.ts";
import { variantsOf } from "./variants.ts";

interface Node {
  next: Map<string, Node>;
  /** The term that a name ending here means. */
  term: number;
  /** Set where the name is a symbol that must be written like this ("ASD"). */
  written?: string;
  /** Lower wins where two terms have one name: labels before synonyms before reordered names. */
  rank: number;
}

export interface Match {
  /** Tokens read. */
  length: number;
  term: number;
}

const RANK = { label: 0, lay: 1, synonym: 2, reordered: 3, variant: 4 } as const;
/** A word shorter than this may be any other word with one letter changed. */
const TYPO_LENGTH = 8;

export class Dictionary {
  readonly #root: Node = newNode();
  readonly #vocabulary = new Map<string, string[]>();
  readonly #known = new Set<string>();
  readonly #corrections = new Map<string, string | undefined>();

  constructor(model: ClinicalModel) {
    const { ids, labels, synonyms, synonymOf, isFinding } = model.ontology;
    const byLabel = new Map<string, number>();
    for (let term = 0; term < ids.length; term++) {
      if (!isFinding[term]) continue;
      byLabel.set(labels.at(term).toLowerCase(), term);
      this.#add(labels.at(term), term, RANK.label);
      for (const variant of variantsOf(labels.at(term))) this.#add(variant, term, RANK.variant);
    }
    for (let i = 0; i < synonyms.length; i++) {
      const term = synonymOf[i]!;
      if (!isFinding[term]) continue;
      this.#add(synonyms.at(i), term, RANK.synonym);
      for (const variant of variantsOf(synonyms.at(i))) this.#add(variant, term, RANK.variant);
    }
    for (const [words, label] of LAY_TERMS) {
      const term = byLabel.get(label.toLowerCase());
      if (term !== undefined) this.#add(words, term, RANK.lay);
    }
    for (const word of this.#known) {
      const bucket = bucketOf(word);
      const list = this.#vocabulary.get(bucket);
      if (list) list.push(word);
      else this.#vocabulary.set(bucket, [word]);
    }
  }

  /** The longest name that begins at token `from`; `written(i)` is the text of token i, `joined(i)` whether i and i+1 may stand in one name. */
  longest(
    tokens: readonly string[],
    from: number,
    written: (i: number) => string,
    joined: (i: number) => boolean,
  ): Match | undefined {
    let node: Node | undefined = this.#root;
    let found: Match | undefined;
    for (let i = from; i < tokens.length; i++) {
      node = this.#step(node, tokens[i]!);
      if (!node) break;
      if (node.term >= 0 && (node.written === undefined || (i === from && written(i) === node.written))) {
        found = { length: i - from + 1, term: node.term };
      }
      if (!joined(i)) break;
    }
    return found;
  }

  /** The term that a whole name means, or undefined. */
  lookup(name: string): number | undefined {
    const tokens = tokensOf(name);
    const norms = tokens.map((t) => t.norm);
    const match = this.longest(
      norms,
      0,
      (i) => name.slice(tokens[i]!.start, tokens[i]!.end).toUpperCase(),
      () => true,
    );
    return match && match.length === tokens.length ? match.term : undefined;
  }

  #step(node: Node, token: string): Node | undefined {
    const exact = node.next.get(token);
    if (exact) return exact;
    const corrected = this.#correct(token);
    return corrected === undefined ? undefined : node.next.get(corrected);
  }

  /** The one word of the vocabulary that a long unknown word is a misspelling of. */
  #correct(token: string): string | undefined {
    if (token.length < TYPO_LENGTH || this.#known.has(token)) return undefined;
    if (this.#corrections.has(token)) return this.#corrections.get(token);
    const limit = allowedTypos(token.length);
    let best: string | undefined;
    let distance = limit + 1;
    for (let length = token.length - limit; length <= token.length + limit; length++) {
      for (const word of this.#vocabulary.get(`${token[0]}${length}`) ?? []) {
        const d = editDistance(token, word, limit);
        if (d < distance) [best, distance] = [word, d];
      }
    }
    if (this.#corrections.size > 20_000) this.#corrections.clear();
    this.#corrections.set(token, best);
    return best;
  }

  #add(name: string, term: number, rank: number): void {
    const norms = tokensOf(name).map((t) => t.norm);
    if (norms.length === 0) return;
    const symbol = norms.length === 1 && /^\p{Lu}[\p{Lu}\d-]{0,5}$/u.test(name) && name.length < 7;
    if (norms.length === 1 && name.length < 3) return;
    this.#insert(norms, term, rank, symbol ? name : undefined);
    const content = norms.filter((n) => !/^(?:of|the)$/u.test(n));
    if (content.length === 2) this.#insert(content.toReversed(), term, RANK.reordered);
  }

  #insert(norms: readonly string[], term: number, rank: number, written?: string): void {
    let node = this.#root;
    for (const norm of norms) {
      this.#known.add(norm);
      let next = node.next.get(norm);
      if (!next) node.next.set(norm, (next = newNode()));
      node = next;
    }
    if (node.term >= 0 && node.rank <= rank) return;
    node.term = term;
    node.rank = rank;
    if (written === undefined) delete node.written;
    else node.written = written;
  }
}

function newNode(): Node {
  return { next: new Map(), term: -1, rank: Number.MAX_SAFE_INTEGER };
}

function bucketOf(word: string): string {
  return `${word[0]}${word.length}`;
}
