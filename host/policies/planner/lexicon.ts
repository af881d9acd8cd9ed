/**
 * How questions speak of relations and kinds: phrases → predicates of schemas/vocabulary.ts. Which of several
 * predicates is meant is settled by the categories of what stands around the phrase (see query.ts), so an entry may be generous.
 */
import { PREDICATES, type Category, type PredicateName } from "../../../schemas/index.ts";

export type Role = "subject" | "object";

/** A verb or preposition phrase that relates what stands left and right of it. */
export interface RelationPhrase {
  pattern: string;
  predicates: readonly PredicateName[] | "any";
  /** The role of what stands left of the phrase; settles direction where both ends have one category. */
  left: Role;
}

/** A noun that stands for an unknown of some category; `relation` where the noun itself says how it hangs on another thing ("ingredients of X"). */
export interface KindNoun {
  pattern: string;
  categories: readonly Category[];
  relation?: { predicates: readonly PredicateName[]; role: Role };
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
const TRIAL: readonly PredicateName[] = ["studies_intervention", "has_comparator", "studies_condition", "sponsored_by"];

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
    "include[s]?",
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
  ...phrases("object", ["has_active_ingredient"], "contained in", "(?:an? )?(?:component|ingredient|constituent) of"),
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
    ["manufactured_by", "developed_by"],
    "(?:is |are |was |were )?(?:marketed|sold|made|manufactured|produced|distributed|developed|invented|created|owned|discovered) by",
    "from the company",
  ),
  ...phrases(
    "object",
    ["manufactured_by", "developed_by"],
    "markets?",
    "marketed",
    "sell(?:s|ing)?",
    "sold",
    "mak(?:es?|ing)",
    "made",
    "manufactures?",
    "produces?",
    "develops?",
    "developed",
  ),
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
    TRIAL,
    "(?:was |were |is |are )?(?:tested|studied|evaluated|investigated|trialled|examined|compared) (?:in|by)",
  ),
  ...phrases(
    "subject",
    TRIAL,
    "tests?",
    "tested",
    "stud(?:y|ied|ies)",
    "evaluate[sd]?",
    "investigate[sd]?",
    "enrolled",
    "compared?(?: (?:with|against|to))?",
    "compares",
  ),
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
].toSorted((a, b) => b.pattern.length - a.pattern.length);

function kind(categories: Category[], patterns: string[], relation?: KindNoun["relation"]): KindNoun[] {
  return patterns.map((pattern) => ({ pattern, categories, relation }));
}

export const KIND_NOUNS: readonly KindNoun[] = [
  ...kind(["Disease"], ["diseases?", "disorders?", "conditions?", "syndromes?", "illness(?:es)?"]),
  ...kind(["Disease"], ["indications?"], { predicates: ["treats"], role: "object" }),
  ...kind(["Gene"], ["(?:disease |causal |causative )?genes?", "locus"]),
  ...kind(["Protein"], ["proteins?", "enzymes?", "receptors?", "(?:ion )?channels?", "transporters?"]),
  ...kind(["Protein", "BiologicalProcess"], ["(?:drug |molecular )?targets?"], {
    predicates: MECHANISM,
    role: "object",
  }),
  ...kind(["Protein", "BiologicalProcess"], ["mechanisms?(?: of action)?", "modes? of action"], {
    predicates: MECHANISM,
    role: "object",
  }),
  ...kind(
    ["Drug", "DrugClass"],
    [
      "drugs?",
      "medicines?",
      "medications?",
      "agents?",
      "(?:enzyme replacement |gene )therap(?:y|ies)",
      "antibod(?:y|ies)",
      "compounds?",
      "(?:combination |brand(?:ed)? )?products?",
      "brands?",
    ],
  ),
  ...kind(["Drug", "DrugClass"], ["inhibitors?", "blockers?", "antagonists?"], {
    predicates: ["inhibits", "antagonizes"],
    role: "subject",
  }),
  ...kind(["Drug", "DrugClass"], ["agonists?", "activators?", "potentiators?"], {
    predicates: ["activates"],
    role: "subject",
  }),
  ...kind(["Drug", "DrugClass"], ["treatments?", "therap(?:y|ies)"], { predicates: ["treats"], role: "subject" }),
  ...kind(["Drug"], ["(?:active )?(?:ingredients?|components?|constituents?|substances?)"], {
    predicates: ["has_active_ingredient"],
    role: "object",
  }),
  ...kind(["DrugClass"], ["(?:drug )?class(?:es)?"], { predicates: ["subclass_of"], role: "object" }),
  ...kind(["Organization"], ["compan(?:y|ies)", "firms?", "organi[sz]ations?", "corporations?", "societ(?:y|ies)"]),
  ...kind(["Organization"], ["manufacturers?", "makers?", "producers?", "marketers?"], {
    predicates: ["manufactured_by", "developed_by"],
    role: "object",
  }),
  ...kind(["Drug"], ["comparators?", "control drugs?"], { predicates: ["has_comparator"], role: "object" }),
  ...kind(["Organization"], ["sponsors?"], { predicates: ["sponsored_by"], role: "object" }),
  ...kind(["Organization"], ["predecessors?"], { predicates: ["formed_by_merger_of"], role: "object" }),
  ...kind(["ClinicalTrial"], ["(?:clinical )?trials?", "(?:clinical )?stud(?:y|ies)"]),
  ...kind(["Guideline"], ["guidelines?", "recommendations?"]),
  ...kind(
    ["PhenotypicFeature"],
    ["(?:clinical )?(?:findings?|symptoms?|signs?|features?|manifestations?|phenotypes?|abnormalit(?:y|ies))"],
    { predicates: ["has_phenotype"], role: "object" },
  ),
  ...kind(["PhenotypicFeature", "Disease"], ["(?:side|adverse|unwanted) (?:effects?|reactions?|events?)"], {
    predicates: ["has_side_effect"],
    role: "object",
  }),
  ...kind(["Disease", "PhenotypicFeature"], ["contraindications?"], {
    predicates: ["contraindicated_in"],
    role: "object",
  }),
  ...kind(["InheritanceMode"], ["(?:modes? of |pattern of )?inheritance(?: patterns?| modes?)?"], {
    predicates: ["has_mode_of_inheritance"],
    role: "object",
  }),
  ...kind(["AnatomicalEntity"], ["organs?", "tissues?", "body parts?"]),
  ...kind(["BiologicalProcess"], ["(?:biological )?(?:process(?:es)?|pathways?)"]),
  ...kind(["ClinicalModifier"], ["(?:age of )?onset"], { predicates: ["has_onset"], role: "object" }),
  ...kind(["ClinicalModifier"], ["(?:clinical )?course"], { predicates: ["has_clinical_course"], role: "object" }),
  ...kind(["Drug"], ["(?:active )?metabolites?"], { predicates: ["has_metabolite"], role: "object" }),
  ...kind(["Gene"], ["(?:genetic )?causes?(?= of)"], {
    predicates: ["causes", "gene_associated_with_condition"],
    role: "subject",
  }),
].toSorted((a, b) => b.pattern.length - a.pattern.length);

/** Words that carry no constraint of their own; what is neither here, nor a phrase, a kind or a name is reported as not understood. */
export const PLAIN_WORDS = new Set(
  `a an the and or but of in on at to for from by with without as is are was were be been being do does did has have had can could may might will would should
  which what who whose whom how where when why that this these those it its they them their there each every all any both either other others another same also
  else one two three four five more most than then so such about into between through via up out if not no only just please tell me us give name list find show shows
  identify say says said called known named following patient patients people person human humans common commonly share shares shared first second main major
  work works working treat use used using take taken make made get gets cause caused causes case cases kind kinds type types form forms thing things i you we my your our
  way manner fashion pattern responsible culprit cared present presence absence however still yet ever many much number affected altered shared mutated mutation mutations gene genes disease diseases drug drugs her his she he him deficient missing lacking absent deficiency faulty seen found observed together simultaneously company companies`
    .split(/\s+/)
    .filter(Boolean),
);

/** Words that colour a question without changing what would answer it here; they are named in the answer as not looked at. */
export const SOFT_WORDS = new Set(
  `rare inherited genetic hereditary monogenic severe serious typical typically important medical clinical current currently approved available new novel oral
  childhood children child adults adult infancy infants humans human women men today presently usually often sometimes generally specific particular single
  first-line standard modern well-known famous so-called well mainly especially specifically actually really briefly exactly know known question answer`
    .split(/\s+/)
    .filter(Boolean),
);

/** Predicates that are meant when two kinds simply stand together ("heart failure drug", "a disease with ectopia lentis"). */
export function impliedPredicates(subject: Category, object: Category): PredicateName[] {
  return IMPLIED.filter((predicate) => fits(predicate, subject, object));
}

/** What "associated with", or no word at all, may mean. All other relations (harm, structure, ownership) must be asked for by their words. */
export const IMPLIED: readonly PredicateName[] = [
  "causes",
  "gene_associated_with_condition",
  "has_gene_product",
  "has_phenotype",
  "has_mode_of_inheritance",
  "affects_anatomy",
  "treats",
  "inhibits",
  "antagonizes",
  "activates",
  "replaces",
  "manufactured_by",
  "developed_by",
  "studies_intervention",
  "has_comparator",
  "studies_condition",
  "sponsored_by",
  "recommends",
  "covers_condition",
  "published_by",
];

/** Does the sentence use words for this relation? */
export function speaksOfRelation(sentence: string, predicate: string): boolean {
  return RELATION_PHRASES.some(
    ({ predicates, pattern }) =>
      predicates !== "any" &&
      (predicates as readonly string[]).includes(predicate) &&
      new RegExp(`\\b(?:${pattern})(?![\\w-])`, "i").test(sentence),
  );
}

export function fits(predicate: PredicateName, subject: Category, object: Category): boolean {
  const { subject: domain, object: range } = PREDICATES[predicate];
  return admits(domain, subject) && admits(range, object);
}

function admits(categories: readonly Category[], category: Category): boolean {
  return categories.length === 0 || categories.includes(category);
}
