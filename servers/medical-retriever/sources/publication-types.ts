/** Kinds of evidence as PubMed's publication types, for sources of literature that can be asked for them. */

const TYPES: Record<string, readonly string[]> = {
  guideline: ["Practice Guideline", "Guideline", "Consensus Statement", "Consensus Development Conference"],
  systematic_review: ["Systematic Review", "Meta-Analysis"],
  randomized_trial: ["Randomized Controlled Trial", "Equivalence Trial"],
  clinical_trial: ["Clinical Trial"],
  planned_trial: ["Clinical Trial Protocol"],
  cohort: ["Observational Study", "Comparative Study", "Multicenter Study", "Validation Study", "Twin Study"],
  review: ["Review"],
  case_report: ["Case Reports"],
  comment: ["Comment", "Letter", "Editorial", "News"],
  notice: ["Retraction of Publication", "Published Erratum", "Expression of Concern"],
  preprint: ["Preprint"],
};

/** @returns the types that hold these kinds: none where no publication is of such a kind; undefined where any type may be */
export function typesOf(kinds: readonly string[] | undefined): readonly string[] | undefined {
  return !kinds || kinds.includes("article") ? undefined : kinds.flatMap((kind) => TYPES[kind] ?? []);
}

/** Why literature is not asked for such kinds. */
export function noSuchKind(kinds: readonly string[] | undefined): string | undefined {
  return typesOf(kinds)?.length === 0 ? `no publication is a ${kinds!.join(" or a ")}` : undefined;
}

const WORDS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:clinical |practice )*(?:guidelines?|consensus statements?)\b/i, "guideline"],
  [/\b(?:systematic reviews?|meta-?analys[ei]s)\b/i, "systematic_review"],
  [/\brandomi[sz]ed (?:controlled |clinical )*trials?\b|\bRCTs?\b/i, "randomized_trial"],
  [/\bcase reports?\b/i, "case_report"],
];

/** The kinds that a question asks for in words, and the question without these. */
export function kindsIn(question: string): { kinds: string[]; rest: string } {
  const found = WORDS.filter(([pattern]) => pattern.test(question));
  return {
    kinds: found.map(([, kind]) => kind),
    rest: found.reduce((text, [pattern]) => text.replace(pattern, " "), question),
  };
}
