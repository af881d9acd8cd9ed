/** What a question wants to know of a drug: the sections of a label that say it, and the records beside the label. */

/** Records of openFDA beside the label. */
export type Endpoint = "drugsfda" | "event" | "enforcement" | "shortages";

export interface Topic {
  name: string;
  asks: RegExp;
  /** Fields of a label: that of today's layout, then where older and over-the-counter labels say the same. */
  fields: readonly string[];
  endpoints: readonly Endpoint[];
}

const WARNINGS = ["warnings_and_cautions", "warnings", "precautions"];

const TOPICS: readonly Topic[] = [
  topic("pregnancy", /pregnan|teratogen|f(?:o)?etal|f(?:o)?etus|birth defect|gestation/, [
    "pregnancy",
    "teratogenic_effects",
    "use_in_specific_populations",
    "pregnancy_or_breast_feeding",
    ...WARNINGS,
  ]),
  topic("lactation", /lactat|breast-?\s?feed|breast-?\s?fed|breast milk|nursing/, [
    "lactation",
    "nursing_mothers",
    "use_in_specific_populations",
    "pregnancy_or_breast_feeding",
    ...WARNINGS,
  ]),
  topic("children", /child|p(?:a)?ediatric|infant|neonat|adolescen/, [
    "pediatric_use",
    "use_in_specific_populations",
    "dosage_and_administration",
    ...WARNINGS,
  ]),
  topic("the elderly", /elder|geriatric|older (?:adult|patient|people)/, [
    "geriatric_use",
    "use_in_specific_populations",
    ...WARNINGS,
  ]),
  topic("organ impairment", /renal|kidney|hepatic|liver|dialysis|cirrhosis/, [
    "use_in_specific_populations",
    "dosage_and_administration",
    "pharmacokinetics",
    ...WARNINGS,
  ]),
  topic(
    "adverse reactions",
    /side[- ]?effect|adverse|reactions?\b|\btoxic|\bsafe(?:ty|ly)?\b|\bunsafe\b|\bharm|\brisks?\b|tolerab|\bcauses?\b/,
    ["adverse_reactions", ...WARNINGS, "stop_use"],
    ["event"],
  ),
  topic("interactions", /\binteract|together with|\bcombin|co-?administ|concomitant|mix(?:ed|ing)? with/, [
    "drug_interactions",
    "drug_and_or_laboratory_test_interactions",
    "ask_doctor_or_pharmacist",
    ...WARNINGS,
  ]),
  topic("contraindications", /contraindicat|should(?: not|n't) (?:be )?(?:take|use|give)|avoid/, [
    "contraindications",
    "do_not_use",
    ...WARNINGS,
  ]),
  topic("warnings", /warning|precaution|caution/, ["boxed_warning", ...WARNINGS]),
  topic("the boxed warning", /box(?:ed)? warning|black[- ]box/, ["boxed_warning", ...WARNINGS]),
  topic("dosage", /\bdos(?:e|es|age|ing)\b|how much|how often|titrat|posology/, [
    "dosage_and_administration",
    "dosage_forms_and_strengths",
  ]),
  topic("overdose", /overdos|poison/, ["overdosage", "keep_out_of_reach_of_children"]),
  topic("indications", /indicat(?:ed|ion)|\bused for\b|\btreats?\b|\buses?\b of/, ["indications_and_usage", "purpose"]),
  topic("mechanism", /mechanism|how (?:do|does) .* work|mode of action|inhibit|pharmacodynamic/, [
    "mechanism_of_action",
    "pharmacodynamics",
    "clinical_pharmacology",
  ]),
  topic("pharmacokinetics", /pharmacokinetic|half-?life|metaboli[sz]|absor(?:b|p)|clearance|excret|bioavailab|cyp\d/, [
    "pharmacokinetics",
    "clinical_pharmacology",
  ]),
  topic("clinical studies", /clinical stud|clinical trial|efficac/, ["clinical_studies"]),
  topic("ingredients", /ingredient|excipient|contain/, ["description", "active_ingredient", "inactive_ingredient"]),
  topic("storage", /\bstor(?:e|ed|age)\b|refrigerat|shelf/, ["storage_and_handling", "how_supplied"]),
  topic("recalls", /recall|withdraw|contaminat|impurit|counterfeit/, [], ["enforcement"]),
  topic("shortages", /shortage|out of stock|suppl(?:y|ies)\b|availab|discontinu/, [], ["shortages"]),
  topic(
    "approval",
    /approv|\bapplications?\b|licen[cs]|\bnda\b|\banda\b|\bbla\b|sponsor|market|orphan|biosimilar|\bgenerics?\b/,
    ["indications_and_usage"],
    ["drugsfda"],
  ),
];

/** The topics that a question is about; none where it asks for nothing in particular. */
export function topicsOf(query: string): Topic[] {
  const small = query.toLowerCase();
  return TOPICS.filter(({ asks }) => asks.test(small));
}

/** Whether a question wants a drug for something: `Which drugs are approved for cystic fibrosis?` */
export function seeksDrugs(query: string): boolean {
  return /\b(?:drug|medicine|medication|treatment|therap(?:y|ies)|treat|treats|treated|indicated|approved)s?\b/i.test(
    query,
  );
}

function topic(name: string, asks: RegExp, fields: readonly string[], endpoints: readonly Endpoint[] = []): Topic {
  return { name, asks, fields: [...new Set(fields)], endpoints };
}
