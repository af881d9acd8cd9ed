/**
 * The clinical specialty of a disease: its own `specialty` attribute where the knowledge gives one, else words of its
 * name, else the organ system of most of its findings in the ontology, else genetics.
 */
import { SPECIALTIES, type Specialty } from "../../../schemas/index.ts";
import { reversed, type FactGraph } from "./fact-graph.ts";

/** First match wins; infections and tumours before organs. */
const NAME_WORDS: readonly [Specialty, RegExp][] = [
  [
    "infectious disease",
    /infect|virus|viral|bacteri|tubercul|malaria|\bHIV\b|AIDS|hepatitis [BC]|sepsis|influenza|COVID|pneumonia|syphilis|leishman|trypanos|fungal|candid|herpes|measles/i,
  ],
  ["oncology", /cancer|carcinoma|neoplas|tumou?r|lymphoma|leuk[a]?emia|melanoma|sarcoma|myeloma|blastoma|glioma/i],
  ["cardiology", /cardi|heart|aort|atrial|ventric|QT|brugada|angina|hypertension|coronary|thrombo?emboli/i],
  [
    "neurology",
    /neuro|epilep|seizure|parkinson|alzheimer|dementia|ataxia|migraine|multiple sclerosis|dystonia|spastic|encephal|amyotroph|muscular|myopath|myasthen|huntington|dravet|stroke|charcot/i,
  ],
  [
    "endocrinology",
    /diabet|thyroid|adren|cushing|acromegal|obesity|hypogonad|hypercholesterol|lipid|gout|hypophosphat|parathyroid|growth hormone|osteopor/i,
  ],
  [
    "haematology",
    /an[a]?emia|h[a]?emophil|thrombocyt|sickle|thalass|coagul|von willebrand|factor [IVX]+ deficiency|neutropeni|h[a]?emoglobin|thromboph/i,
  ],
  [
    "immunology",
    /immun|arthritis|lupus|vasculit|angioedema|psoria|sj[oö]gren|allerg|spondyl|autoinflam|periodic fever/i,
  ],
  ["respiratory medicine", /asthma|pulmon|lung|respirat|COPD|cystic fibrosis|bronch|ciliary|alpha-?1[- ]antitrypsin/i],
  ["nephrology", /kidney|renal|nephr|glomerul|alport|uremi|bartter|gitelman|cystinosis/i],
  [
    "gastroenterology",
    /crohn|colitis|liver|hepat|bowel|gastr|pancreat|celiac|coeliac|cholest|intestin|reflux|esophag/i,
  ],
  ["dermatology", /skin|dermat|eczema|ichthyos|epidermoly|urticaria|albinism|alopecia|hidraden|pemphig|acne/i],
];

/** Organ systems of the Human Phenotype Ontology. */
const SYSTEMS: Readonly<Record<string, Specialty>> = {
  "HP:0001626": "cardiology",
  "HP:0000707": "neurology",
  "HP:0003011": "neurology",
  "HP:0002664": "oncology",
  "HP:0000818": "endocrinology",
  "HP:0001939": "endocrinology",
  "HP:0001871": "haematology",
  "HP:0002715": "immunology",
  "HP:0002086": "respiratory medicine",
  "HP:0000119": "nephrology",
  "HP:0025031": "gastroenterology",
  "HP:0001574": "dermatology",
};
/** A system is the disease's where it has this share of its findings; below, the disease is one of many systems: genetics. */
const CLEAR_SHARE = 0.4;

export class Specialties {
  readonly #graph: FactGraph;
  /** Finding → the specialties of the systems that it belongs to. */
  readonly #systems = new Map<number, ReadonlySet<Specialty>>();
  readonly #showing: number;

  constructor(graph: FactGraph) {
    this.#graph = graph;
    this.#showing = 2 * graph.predicates.indexOf("has_phenotype");
    const systems = new Map<number, Set<Specialty>>();
    for (const [id, specialty] of Object.entries(SYSTEMS)) {
      const root = graph.ids.indexOf(id);
      for (const finding of root < 0 ? [] : graph.kindsOf(root)) {
        systems.set(finding, (systems.get(finding) ?? new Set()).add(specialty));
      }
    }
    this.#systems = systems;
  }

  of(disease: number): Specialty {
    const own = String(this.#graph.attributes(disease)?.["specialty"] ?? "").toLowerCase();
    const given = SPECIALTIES.find((s) => s === own || s === own.replace(/^hemat/, "haemat"));
    if (given) return given;
    const name = this.#graph.names[disease]!;
    return NAME_WORDS.find(([, pattern]) => pattern.test(name))?.[0] ?? this.#byFindings(disease) ?? "genetics";
  }

  #byFindings(disease: number): Specialty | undefined {
    const { first, to, step } = this.#graph;
    const votes = new Map<Specialty, number>();
    let findings = 0;
    for (let k = first[disease]!; k < first[disease + 1]!; k++) {
      if (step[k] !== this.#showing || reversed(step[k]!) === this.#showing) continue;
      findings++;
      for (const s of this.#systems.get(to[k]!) ?? []) votes.set(s, (votes.get(s) ?? 0) + 1);
    }
    const [best] = [...votes].toSorted(([, a], [, b]) => b - a);
    return best && best[1] >= CLEAR_SHARE * findings ? best[0] : undefined;
  }
}
