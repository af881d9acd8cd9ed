/**
 * Names that can be said and mean nothing: an onset, a vowel, a pair of consonants that hardly any real word has in
 * that place, a vowel, and an ending that shows what kind of thing is named. `grammarOf` is every name a category can have.
 */
import type { Category } from "../../../schemas/index.ts";
import type { Random } from "./random.ts";

const ONSETS = "b d f g k l m n p r s t v z br dr fl gr kl kr pl pr sk sl sp st tr vl".split(" ");
const SINGLE_ONSETS = ONSETS.filter((onset) => onset.length === 1);
const VOWELS = "a e i o u".split(" ");
const MARKS = "zm rz lz zd vr kv dz gv mz vl tv bz kz vn zn zr gz zv dv pv zb zg".split(" ");
const LINKS = "m n l t r d".split(" ");
const DRUG_SUFFIX_STARTS = "mar tid vas nib pra luk cil dip zum fer trip gli".split(" ");
const DRUG_SUFFIX_ENDS = "in ol ex en ar il an et on um".split(" ");

/** A sequence of choices; a name is one of each, joined. */
type Pattern = readonly (readonly string[])[];

const CORE: Pattern = [ONSETS, VOWELS, MARKS, VOWELS];

function word(...endings: Pattern): Pattern {
  return [...CORE, ...endings];
}

export type NameKind =
  | "disease"
  | "eponym"
  | "finding"
  | "gene"
  | "protein"
  | "drug"
  | "brand"
  | "class"
  | "company"
  | "society"
  | "trial"
  | "guideline"
  | "inheritance";

const PATTERNS: Record<NameKind, Pattern> = {
  disease: word(LINKS, ["osis", "itis", "oma", "opathy", "atrophy", "emia"]),
  eponym: word(["n", "k", "r", "s"], [" syndrome", " disease"]),
  finding: word(LINKS, ["algia", "opsia", "uria", "oplegia", "esthesia", "opnea", "odactyly", "omegaly"]),
  gene: [SINGLE_ONSETS, VOWELS, MARKS, VOWELS, "1 2 3 4 5 6 7 8 9".split(" ")],
  protein: word(["lase", "ctin", "globin", "ferrin", "kinase", "nectin", "porin"]),
  drug: word(DRUG_SUFFIX_STARTS, DRUG_SUFFIX_ENDS),
  brand: word(["xa", "vio", "qua"]),
  class: word(["loid", "roid", "noid"]),
  company: word(["x", "ra", "nta", "lis"], [" Therapeutics", " Pharma", " Biosciences", " Biotech"]),
  society: word(["m", "d"], [" Society", " Academy", " College"]),
  trial: word(["l", "st", "rt"], ["-"], "1 2 3 4 5 6 7 8 9".split(" ")),
  guideline: word(["nd", "sk"], [" guideline"]),
  inheritance: word(["dominant", "recessive", "linked"], [" inheritance"]),
};

const UPPER: ReadonlySet<NameKind> = new Set(["gene", "trial"]);
const CAPITAL: ReadonlySet<NameKind> = new Set(["eponym", "brand", "company", "society", "guideline"]);

/** Suffixes that drugs of one class share, in a fixed order. */
export const DRUG_SUFFIXES: readonly string[] = DRUG_SUFFIX_STARTS.flatMap((start) =>
  DRUG_SUFFIX_ENDS.map((end) => start + end),
);

/** One name of the kind; drugs end in the suffix of their class. */
export function inventName(kind: NameKind, random: Random, suffix?: string): string {
  const pattern = suffix === undefined ? PATTERNS[kind] : [...CORE, [suffix]];
  const name = pattern.map((choices) => random.pick(choices)).join("");
  if (UPPER.has(kind)) return name.toUpperCase();
  return CAPITAL.has(kind) ? name.charAt(0).toUpperCase() + name.slice(1) : name;
}

const KINDS_OF: Partial<Record<Category, readonly NameKind[]>> = {
  Disease: ["disease", "eponym"],
  PhenotypicFeature: ["finding"],
  Gene: ["gene"],
  Protein: ["protein"],
  Drug: ["drug", "brand"],
  DrugClass: ["class"],
  Organization: ["company", "society"],
  ClinicalTrial: ["trial"],
  Guideline: ["guideline"],
  InheritanceMode: ["inheritance"],
};

/** Matches every name that a category can have in any world, folded or not, and nothing else: what no real name may match. */
export function grammarOf(category: Category): RegExp {
  const patterns = (KINDS_OF[category] ?? []).map((kind) =>
    PATTERNS[kind].map((choices) => `(?:${choices.join("|")})`).join(""),
  );
  return new RegExp(`^(?:${patterns.join("|")})$`, "i");
}
