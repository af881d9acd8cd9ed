/** The relations between documents that can be asked for, and how documents name them in `related`. */

export const RELATIONS = ["similar", "citing", "cited", "trials", "publications", "labels", "corrections"] as const;
export type Relation = (typeof RELATIONS)[number];

interface Names {
  /** What the subject itself calls those that are wanted. */
  own: readonly string[];
  /** What those that are wanted call the subject. */
  theirs: readonly string[];
}

/** Notices speak of a paper in one direction, and papers of their notices in the other. */
const NOTICES =
  /^(?:retract|partialRetraction|erratum|expressionOfConcern|corrected|update|concern|correction|withdraw)/i;

const LINK_NAMES: Record<Exclude<Relation, "similar" | "corrections">, Names> = {
  citing: { own: [], theirs: ["cites"] },
  cited: { own: ["cites", "background"], theirs: [] },
  // A trial names its publications, a publication its trials.
  trials: { own: ["trial"], theirs: ["publication"] },
  publications: { own: ["publication"], theirs: ["trial"] },
  labels: { own: [], theirs: ["application", "substance"] },
};

/** Whether `kind`, a name in `related` of the subject (`own`) or of the other one (`theirs`), is the relation asked for. */
export function isNamed(relation: Relation, side: keyof Names, kind: string): boolean {
  if (relation === "similar") return false;
  return relation === "corrections" ? NOTICES.test(kind) : LINK_NAMES[relation][side].includes(kind);
}
