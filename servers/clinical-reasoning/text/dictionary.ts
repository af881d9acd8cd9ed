/** Every name of every finding, by its words in order and by its concepts in any order. */
import { isPlainWord } from "../../knowledge/index.ts";
import type { ClinicalModel } from "../model/model.ts";
import { adjectivesOf } from "./adjectives.ts";
import { conceptOf, MOST_CONCEPTS } from "./concepts.ts";
import { LAY_TERMS } from "./lay-terms/index.ts";
import { Names, RANK } from "./names.ts";
import { Reading, readText } from "./reading.ts";
import { derivedNames } from "./substitutions.ts";
import { FILLER, Vocabulary } from "./vocabulary.ts";

/** Synonyms of behaviours that texts nearly always mean otherwise. */
const EVERYDAY_VERBS = new Set([
  "arranging",
  "bouncing",
  "collecting",
  "cutting",
  "hopping",
  "ordering",
  "tearing",
  "twirling",
]);

/** Words that deny, compare or say nothing as often as they name. */
const NO_ANALOGY = ["no", "absence", "morphology", "change"];
/** What clinicians say and names of findings do not: "cerebellar signs". */
const ANALOGIES = [
  ["abnormal", "symptom"],
  ["abnormal", "sign"],
  ["abnormal", "finding"],
  ["abnormal", "dysfunction"],
] as const;

export class Dictionary {
  readonly vocabulary = new Vocabulary();
  readonly names: Names;
  readonly #model: ClinicalModel;
  /** Labels and identifiers of terms that were found before. */
  readonly #labels: string[] = [];
  readonly #ids: string[] = [];
  /** Names of each term by their concepts, while the dictionary is built. */
  #byTerm: Record<number, number[][]> = {};
  readonly #reading = new Reading();
  readonly #whole = new Reading();

  constructor(model: ClinicalModel, everyday = LAY_TERMS) {
    this.#model = model;
    this.names = new Names(model, this.vocabulary);
    const { ids, labels, synonyms, synonymOf, isFinding } = model.ontology;
    const all: [name: string, term: number, rank: number][] = [];
    const byLabel = new Map<string, number>();
    for (let term = 0; term < ids.length; term++) {
      if (!isFinding[term]) continue;
      const label = labels.at(term);
      byLabel.set(label.toLowerCase(), term);
      all.push([label, term, RANK.label]);
    }
    const labelCount = all.length;
    for (let i = 0; i < synonyms.length; i++) {
      const name = synonyms.at(i);
      if (isFinding[synonymOf[i]!] && !EVERYDAY_VERBS.has(name.toLowerCase()))
        all.push([name, synonymOf[i]!, RANK.synonym]);
    }
    for (const [label, names] of everyday) {
      const term = byLabel.get(label.toLowerCase());
      if (term !== undefined) for (const name of names) all.push([name, term, RANK.lay]);
    }
    // Read twice: whether "pre-auricular" is one word depends on the words of all names.
    for (const [name] of all.slice(0, labelCount)) this.#read(name);
    const inLabels = this.vocabulary.words.length;
    for (const [name] of all.slice(labelCount)) this.#read(name);
    const syndromes = syndromesOf(model);
    for (const [name, term, rank] of all) {
      const reading = this.#read(name);
      const isEponym =
        rank === RANK.synonym && reading.word[0]! >= inLabels && /syndrome$/iu.test(name) && syndromes.has(plain(name));
      if (!isEponym) this.#add(name, term, rank, reading);
    }
    this.#addByAnalogy();
    this.names.close();
    this.vocabulary.close((concept) => this.names.isConcept(concept));
  }

  /** A text as numbers, good until the next text is read. */
  read(text: string): Reading {
    return readText(this.vocabulary, text, this.#reading);
  }

  /** The term that a whole name means, or undefined. */
  lookup(name: string): number | undefined {
    const reading = readText(this.vocabulary, name, this.#whole);
    const term = this.names.whole(reading);
    return term < 0 ? undefined : term;
  }

  label(term: number): string {
    return (this.#labels[term] ??= this.#model.label(term));
  }

  id(term: number): string {
    return (this.#ids[term] ??= this.#model.termId(term));
  }

  #read(name: string): Reading {
    return readText(this.vocabulary, name, this.#whole);
  }

  #add(name: string, term: number, rank: number, reading: Reading): void {
    const { count } = reading;
    if (count === 0 || (count === 1 && name.length < 3)) return;
    const words = [...reading.word.subarray(0, count)];
    if (this.names.has(words, term)) return;
    this.names.add(words, term, rank, this.#writtenAs(name, words));
    if (count === 1) {
      const noun = this.vocabulary.words[words[0]!]!;
      this.vocabulary.addNoun(noun);
      for (const adjective of rank <= RANK.synonym ? adjectivesOf(noun) : [])
        this.names.add([this.vocabulary.madeWord(adjective)], term, RANK.adjective);
      return;
    }
    const concepts = [...reading.concept.subarray(0, count)].filter((concept) => concept !== FILLER);
    if (concepts.length < 2 || concepts.length > MOST_CONCEPTS) return;
    this.names.addLoose(concepts, term, rank);
    const measured = rank === RANK.adjective ? undefined : measuredIn(name);
    if (measured) this.#addLoose(measured, term);
    (this.#byTerm[term] ??= []).push(concepts);
  }

  /** A name that nobody wrote, read by its concepts where no other name has them. */
  #addLoose(name: string, term: number): void {
    const { concept, count } = this.#read(name);
    const concepts = [...concept.subarray(0, count)].filter((own) => own !== FILLER);
    if (concepts.length >= 2 && concepts.length <= MOST_CONCEPTS) this.names.addLoose(concepts, term, RANK.derived);
  }

  /** What a finding would be called if one word of a name were said in another way that other names show. */
  #addByAnalogy(): void {
    const concept = (word: string) => this.vocabulary.concept(conceptOf(word));
    const never = new Set(NO_ANALOGY.map(concept));
    const given = ANALOGIES.map(([from, to]) => [concept(from), concept(to)] as const);
    const findings = Object.entries(this.#byTerm).map(([term, names]) => ({ term: Number(term), names }));
    for (const { term, concepts } of derivedNames(findings, (a, b) => this.#model.covers(a, b), never, given))
      this.names.addLoose(concepts, term, RANK.derived);
    this.#byTerm = {};
  }

  /** How a one-word name must be written that is otherwise an ordinary word. */
  #writtenAs(name: string, words: readonly number[]): RegExp | undefined {
    if (words.length > 1) return undefined;
    if (/^\p{Lu}[\p{Lu}\d-]{0,5}$/u.test(name)) return new RegExp(`^${name}s?$`, "u");
    const folded = this.vocabulary.words[words[0]!]!;
    const isPlural = name.endsWith("s") && folded !== name.toLowerCase();
    return isPlural && isPlainWord(folded) ? /s$/iu : undefined;
  }
}

/** "low ceruloplasmin" from "Decreased circulating ceruloplasmin concentration": what is measured, without where and as what. */
function measuredIn(name: string): string | undefined {
  const parts =
    /^(increased|elevated|decreased|reduced|low|high|abnormal) (?:circulating|serum|plasma|blood) (.+?) (?:concentration|level)s?$/iu.exec(
      name,
    );
  return parts ? `${parts[1]} ${parts[2]}` : undefined;
}

/** Names in lower case of the diseases that are called a syndrome, without their number. */
function syndromesOf({ diseases: { names, synonyms } }: ClinicalModel): Set<string> {
  const found = new Set<string>();
  for (const list of [names, synonyms]) {
    for (let i = 0; i < list.length; i++) {
      const name = /^.*syndrome(?=(?:,? (?:type )?[\dIVX]+[A-Za-z]?)?$)/iu.exec(list.at(i))?.[0];
      if (name) found.add(plain(name));
    }
  }
  return found;
}

function plain(name: string): string {
  return name.toLowerCase().replace(/['’]s\b/gu, "");
}
