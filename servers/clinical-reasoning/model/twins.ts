/**
 * Diseases that two registries list: Orphanet's "Marfan syndrome" and OMIM's. Unmerged they share the evidence and the
 * posterior, and a reader gets the same diagnosis twice. The OMIM entry is kept, because published cases are named by
 * it; the other's annotations, names and identifier join it. Only pairs that the sources themselves make plain are
 * merged: a cross reference, the same words, or the same single gene.
 */
import type { DiseaseRecord, GeneRecord } from "./input.ts";

const KEPT = "OMIM:";
const JOINING = /^(?:ORPHA|DECIPHER|MONDO):/u;
/** Share of two names' information that is common, from which a shared gene makes them one disease. */
const ALIKE = 0.6;
/** The same where no gene is known to be shared. */
const NEARLY_THE_SAME = 0.85;

interface Named {
  id: string;
  words: Set<string>;
  genes: readonly string[];
}

/** Identifier of a twin → identifier of the disease that it is joined to. A disease has at most one twin in this way. */
export function findTwins(diseases: readonly DiseaseRecord[], genes: Iterable<GeneRecord>): Map<string, string> {
  const ofDisease = genesByDisease(genes);
  const named = diseases.map((d) => ({ id: d.id, words: wordsOf(d.name), genes: ofDisease.get(d.id) ?? [] }));
  const kept = named.filter(({ id }) => id.startsWith(KEPT));
  const joining = named.filter(({ id }) => JOINING.test(id));
  if (kept.length === 0 || joining.length === 0) return new Map();
  const pairs = new Pairs(kept, joining, new Map(diseases.map((d) => [d.id, d.xrefs ?? []]))).all();
  const taken = new Set<string>();
  const twins = new Map<string, string>();
  for (const { id, to } of pairs.toSorted((a, b) => b.strength - a.strength || compare(a, b))) {
    if (twins.has(id) || taken.has(to)) continue;
    twins.set(id, to);
    taken.add(to);
  }
  return twins;
}

interface Pair {
  id: string;
  to: string;
  strength: number;
}

class Pairs {
  readonly #joining: readonly Named[];
  readonly #xrefs: ReadonlyMap<string, readonly string[]>;
  readonly #weight: (word: string) => number;
  readonly #byId: Map<string, Named>;
  readonly #byWord = new Map<string, Named[]>();
  readonly #byGene = new Map<string, Named[]>();
  /** How many entries of the other registries name this gene as their only one. */
  readonly #soleEntries = new Map<string, number>();

  constructor(kept: readonly Named[], joining: readonly Named[], xrefs: ReadonlyMap<string, readonly string[]>) {
    this.#joining = joining;
    this.#xrefs = xrefs;
    this.#byId = new Map(kept.map((k) => [k.id, k]));
    const counts = new Map<string, number>();
    for (const { words } of [...kept, ...joining]) for (const w of words) counts.set(w, (counts.get(w) ?? 0) + 1);
    const total = kept.length + joining.length;
    this.#weight = (word) => Math.log((1 + total) / (counts.get(word) ?? 1));
    for (const k of kept) {
      for (const word of k.words) push(this.#byWord, word, k);
      for (const gene of k.genes) push(this.#byGene, gene, k);
    }
    for (const { genes } of joining) {
      if (genes.length === 1) this.#soleEntries.set(genes[0]!, (this.#soleEntries.get(genes[0]!) ?? 0) + 1);
    }
  }

  all(): Pair[] {
    return this.#joining.flatMap((twin) =>
      [...this.#candidates(twin)].flatMap((to) => {
        const strength = this.#strength(twin, to);
        return strength > 0 ? [{ id: twin.id, to: to.id, strength }] : [];
      }),
    );
  }

  /** Entries with a common gene, cross reference, or the rarest common words. */
  #candidates({ id, words, genes }: Named): Set<Named> {
    const found = new Set<Named>();
    for (const gene of genes) for (const other of this.#byGene.get(gene) ?? []) found.add(other);
    for (const xref of this.#xrefs.get(id) ?? []) if (this.#byId.has(xref)) found.add(this.#byId.get(xref)!);
    const rarest = [...words].toSorted((a, b) => this.#weight(b) - this.#weight(a)).slice(0, 2);
    for (const word of rarest) for (const other of this.#byWord.get(word) ?? []) found.add(other);
    return found;
  }

  /** 0: not the same disease, as far as can be told. */
  #strength(twin: Named, to: Named): number {
    const refers = (this.#xrefs.get(twin.id) ?? []).filter((xref) => xref.startsWith(KEPT));
    // A cross reference settles it, one way or the other; several mean a group of diseases.
    if (refers.length > 0) return refers.length === 1 && refers[0] === to.id ? 5 : 0;
    const alike = this.#overlap(twin.words, to.words);
    if (alike > 0.999) return 4;
    const shared = twin.genes.some((gene) => to.genes.includes(gene));
    if (sameNumbers(twin.words, to.words)) {
      if (shared && twin.genes.length <= 2 && alike >= ALIKE) return 2 + alike;
      if (alike >= NEARLY_THE_SAME && (shared || twin.genes.length === 0 || to.genes.length === 0)) return 1 + alike;
    }
    return shared && this.#onlyOnes(twin) ? alike + 0.1 : 0;
  }

  /** Whether its gene has this one entry in its registry, and one in the other. */
  #onlyOnes({ genes: [gene, ...others] }: Named): boolean {
    return others.length === 0 && this.#soleEntries.get(gene!) === 1 && this.#byGene.get(gene!)!.length === 1;
  }

  /** Information of the common words over that of all. */
  #overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
    let common = 0;
    let all = 0;
    for (const word of a) {
      all += this.#weight(word);
      if (b.has(word)) common += this.#weight(word);
    }
    for (const word of b) if (!a.has(word)) all += this.#weight(word);
    return all > 0 ? common / all : 0;
  }
}

/** "Spastic paraplegia 20" and "… type 20" are one disease, "… 20" and "…" are a member and its group. */
function sameNumbers(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return numbersIn(a) === numbersIn(b);
}

function numbersIn(words: ReadonlySet<string>): string {
  return [...words]
    .filter((word) => /^(?:\d+[a-z]?|[ivx]+[a-z]?|[a-z])$/u.test(word))
    .toSorted()
    .join();
}

function wordsOf(name: string): Set<string> {
  const folded = name.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
  return new Set(
    folded
      .split(/[^a-z0-9]+/u)
      .map((word) => word.replace(/s$/u, ""))
      .filter((word) => word && word !== "type"),
  );
}

function genesByDisease(genes: Iterable<GeneRecord>): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { gene, disease } of genes) push(found, disease, gene);
  for (const [disease, list] of found) found.set(disease, [...new Set(list)]);
  return found;
}

function push<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

function compare(a: Pair, b: Pair): number {
  return a.id < b.id || (a.id === b.id && a.to < b.to) ? -1 : 1;
}
