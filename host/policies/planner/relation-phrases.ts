/** How questions speak of relations: phrases → predicates of schemas/vocabulary.ts. Which of several is meant is settled by what stands around the phrase, so an entry may be generous. */
import type { PredicateName } from "../../../schemas/index.ts";
import type { Role } from "./predicates.ts";

/** A verb or preposition phrase that relates what stands left and right of it. */
export interface RelationPhrase {
  pattern: string;
  predicates: readonly PredicateName[] | "any";
  /** The role of what stands left of the phrase; settles direction where both ends have one category. */
  left: Role;
}

export const MECHANISM: readonly PredicateName[] = [
  "inhibits",
  "antagonizes",
  "activates",
  "replaces",
  "affects_process",
];
const CAUSAL: readonly PredicateName[] = [
  "causes",
  "gene_associated_with_condition",
  "has_phenotype",
  "has_side_effect",
];
const TESTED: readonly PredicateName[] = ["studies_intervention", "studies_condition"];
const COMPARED: readonly PredicateName[] = ["has_comparator", "studies_intervention"];

function phrases(left: Role, predicates: RelationPhrase["predicates"], ...patterns: string[]): RelationPhrase[] {
  return patterns.map((pattern) => ({ pattern, predicates, left }));
}

export const RELATION_PHRASES: readonly RelationPhrase[] = [
  ...phrases(
    "object",
    CAUSAL,
    "(?:is |are |be )?(?:mainly |usually |also )?caused by(?: (?:a )?(?:mutations?|variants?|defects?|changes?)(?: in| of)?)?",
  ),
  ...phrases(
    "object",
    CAUSAL,
    "due to(?: (?:mutations?|variants?|defects?) (?:in|of))?",
    "results? from(?: (?:mutations?|variants?) (?:in|of))?",
  ),
  ...phrases(
    "subject",
    CAUSAL,
    "causes?",
    "causing",
    "leads? to",
    "results? in",
    "responsible for",
    "underl(?:ies|ying|ie)",
    "behind",
    "gives? rise to",
  ),
  ...phrases(
    "subject",
    CAUSAL,
    "(?:is |are )?mutated in",
    "(?:pathogenic )?(?:mutations?|variants?|defects?) (?:in|of|cause[s]?)",
    "defective in",
    "faulty in",
    "altered in",
  ),
  ...phrases("object", CAUSAL, "mutated", "(?:carr(?:y|ies)|has|have|with) (?:a )?(?:mutations?|variants?) (?:in|of)"),
  ...phrases(
    "subject",
    "any",
    "associated with",
    "linked (?:to|with)",
    "related to",
    "involved(?: in)?",
    "involves?",
    "involving",
    "implicated in",
    "connected (?:to|with)",
    "tied to",
  ),
  ...phrases(
    "subject",
    ["has_gene_product"],
    "encod(?:es?|ing)",
    "cod(?:es?|ing) for",
    "produces? the (?:protein|enzyme)",
  ),
  ...phrases("object", ["has_gene_product"], "encoded by", "(?:the )?(?:gene )?product of", "coded (?:for )?by"),
  ...phrases(
    "subject",
    ["has_phenotype", "has_side_effect"],
    "shows?",
    "showing",
    "presents? with",
    "presenting with",
    "characteri[sz]ed by",
    "manifests? (?:as|with)",
    "feature[sd]?",
    "combines?",
    "display[s]?",
    "exhibits?",
    "accompanied by",
  ),
  ...phrases(
    "object",
    ["has_phenotype"],
    "(?:seen|found|observed|occurs?|present) in",
    "(?:is |are )?(?:a )?(?:\\w+ )?(?:features?|signs?|symptoms?|manifestations?)(?: \\([^)]*\\))? of",
  ),
  ...phrases(
    "subject",
    ["treats"],
    "treats?",
    "treating",
    "(?:is |are )?(?:used|indicated|approved|licensed|prescribed|given|taken) (?:for|in|to treat|against)",
    "(?:therapy|treatment|remedy) (?:for|of)",
    "helps? (?:with|against)",
  ),
  ...phrases("object", ["treats"], "(?:is |are |be )?treated (?:with|by)", "responds? to"),
  ...phrases(
    "subject",
    ["contraindicated_in"],
    "contraindicated (?:in|with|for|during)",
    "(?:must|should) not be (?:used|given|taken) (?:in|by|with|during)",
    "(?:to be )?avoided (?:in|by|during|with)",
  ),
  ...phrases("object", ["contraindicated_in"], "contraindicates?", "(?:must|should) (?:not take|avoid)"),
  ...phrases(
    "subject",
    ["has_active_ingredient"],
    "contains?",
    "containing",
    "consists? of",
    "(?:is |are )?(?:composed|made up) of",
    "comprises?",
  ),
  ...phrases("object", ["has_active_ingredient"], "contained in"),
  ...phrases(
    "subject",
    ["inhibits", "antagonizes"],
    "inhibits?",
    "inhibiting",
    "blocks?",
    "blocking",
    "antagoni[sz]es?",
    "switch(?:es)? off",
  ),
  ...phrases("object", ["inhibits", "antagonizes"], "inhibited by", "blocked by", "antagoni[sz]ed by"),
  ...phrases(
    "subject",
    ["activates", "replaces"],
    "activat(?:es?|ing)",
    "stimulat(?:es?|ing)",
    "potentiates?",
    "replac(?:es?|ing)",
    "substitutes? for",
    "supplements?",
    "corrects?",
    "modulates?",
  ),
  ...phrases("object", ["activates", "replaces"], "activated by", "replaced by", "stimulated by"),
  ...phrases(
    "subject",
    MECHANISM,
    "targets?",
    "targeting",
    "acts? (?:on|at|against)",
    "acting on",
    "directed against",
    "binds?(?: to)?",
    "works? on",
    "interferes? with",
  ),
  ...phrases("object", MECHANISM, "targeted by", "acted on by", "bound by"),
  ...phrases(
    "subject",
    ["manufactured_by"],
    "(?:is |are |was |were )?(?:marketed|sold|made|manufactured|produced|distributed|owned) by",
    "from the company",
  ),
  ...phrases("subject", ["developed_by"], "(?:is |are |was |were )?(?:developed|invented|created|discovered) by"),
  ...phrases(
    "object",
    ["manufactured_by"],
    "markets?",
    "marketed",
    "sell(?:s|ing)?",
    "sold",
    "mak(?:es?|ing)",
    "made",
    "manufactures?",
    "manufactured",
    "produces?",
  ),
  ...phrases("object", ["developed_by"], "develops?", "developed", "invented", "created"),
  ...phrases(
    "subject",
    ["formed_by_merger_of"],
    "(?:that |which )?(?:(?:was |is |were )?(?:formed|created|born|made|founded|arose|emerged|resulted|came)(?: (?:by|from|through|in|out of|when))?)(?: (?:the|a))? (?:merger|fusion|union)(?: (?:of|between))?",
    "(?:result|product|outcome|successor) of the (?:merger|fusion)(?: (?:of|between))?",
    "(?:the )?(?:merger|fusion) (?:of|between)",
    "merger",
  ),
  ...phrases(
    "object",
    ["formed_by_merger_of"],
    "merged (?:to form|to become|into|to create)",
    "merged (?:with)?",
    "merge(?:d|s)?",
  ),
  ...phrases("object", ["acquired"], "(?:was |is |were )?(?:acquired|bought|taken over|purchased) by"),
  ...phrases("subject", ["acquired"], "acquires?", "acquired", "bought", "buys?", "purchased", "took over"),
  ...phrases(
    "object",
    TESTED,
    "(?:was |were |is |are )?(?:tested|studied|evaluated|investigated|trialled|examined) (?:in|by)",
  ),
  ...phrases(
    "subject",
    TESTED,
    "tests?",
    "tested",
    "stud(?:y|ied|ies)",
    "evaluate[sd]?",
    "investigate[sd]?",
    "enrolled(?: patients with)?",
  ),
  ...phrases("object", COMPARED, "(?:was |were )?compared in", "(?:was |were )?the comparator (?:in|of)"),
  ...phrases("subject", ["has_comparator"], "compared against"),
  ...phrases("subject", [...COMPARED, "studies_condition"], "compared?(?: (?:with|to))?", "compares"),
  ...phrases("subject", ["sponsored_by"], "(?:was |is )?(?:sponsored|funded|run) by"),
  ...phrases("object", ["sponsored_by"], "sponsor(?:s|ed)", "funded"),
  ...phrases(
    "subject",
    ["recommends", "covers_condition"],
    "recommends?",
    "recommending",
    "advises?",
    "covers?",
    "endorses?",
  ),
  ...phrases("object", ["recommends"], "recommended (?:by|in|for)"),
  ...phrases("subject", ["published_by"], "(?:published|issued|written|released) by"),
  ...phrases("object", ["published_by"], "publish(?:es|ed)", "issue[sd]"),
  ...phrases(
    "subject",
    ["has_mode_of_inheritance"],
    "(?:is |are )?inherited(?: (?:as|in))?",
    "transmitted(?: as)?",
    "passed on",
  ),
  ...phrases(
    "subject",
    ["affects_anatomy", "disrupts", "affects_process"],
    "affects?",
    "affecting",
    "disrupts?",
    "damages?",
    "impairs?",
  ),
  ...phrases("subject", ["participates_in"], "participates? in", "takes? part in"),
  ...phrases("object", ["affects_anatomy", "disrupts"], "affected (?:by|in)", "disrupted in", "damaged in"),
  ...phrases(
    "subject",
    ["subclass_of"],
    "belongs? to",
    "(?:is |are )?(?:a )?(?:members?|kinds?|types?|subtypes?|forms?) of",
  ),
  ...phrases("subject", ["interacts_with"], "interacts? with", "interacting with"),
  ...phrases(
    "subject",
    ["has_metabolite"],
    "(?:is |are )?(?:converted|metaboli[sz]ed|turned) (?:to|into)",
    "(?:a )?prodrug of",
  ),
  ...phrases("subject", ["has_onset"], "begins? (?:with|in|at)", "starts? (?:in|at)"),
  ...phrases("object", ["subclass_of"], "includes?"),
  ...phrases("object", ["covers_condition", "recommends"], "covered by"),
].toSorted((a, b) => b.pattern.length - a.pattern.length);

/** Does the sentence use words for this relation? */
export function speaksOfRelation(sentence: string, predicate: string): boolean {
  return RELATION_PHRASES.some(
    ({ predicates, pattern }) =>
      predicates !== "any" &&
      (predicates as readonly string[]).includes(predicate) &&
      new RegExp(`\\b(?:${pattern})(?![\\w-])`, "i").test(sentence),
  );
}
