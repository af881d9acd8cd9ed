/**
 * What it takes to answer a question about a finding, by its place in the ontology: asked (history), seen or felt
 * (examination), measured in blood, urine or by electrodes (laboratory), imaged, or gained by a needle, a biopsy or a
 * sequencer (invasive). A rough order of effort, not a price: the ontology says what a finding is, not how it is found.
 */
import type { ClinicalModel } from "../model/model.ts";
import type { Ontology } from "../model/ontology.ts";

export type Effort = "history" | "examination" | "laboratory" | "imaging" | "invasive";

/** What a question costs in units of a question to the patient: enough to decide between equals, not to keep from asking. */
export const EFFORT_COST: Record<Effort, number> = {
  history: 1,
  examination: 1,
  laboratory: 1.1,
  imaging: 1.2,
  invasive: 1.5,
};

/** Branches of the ontology and what it takes to know of a finding in them; the nearest branch decides. */
const BRANCHES: Record<string, Effort> = {
  // Told: behaviour, development, seizures, pain, symptoms.
  "HP:0000708": "history",
  "HP:0012759": "history",
  "HP:0001250": "history",
  "HP:0012531": "history",
  "HP:0025142": "history",
  "HP:0011968": "history",
  "HP:0002014": "history",
  "HP:0002019": "history",
  "HP:0002013": "history",
  "HP:0032443": "history",
  "HP:0001197": "history",
  "HP:0002719": "history",
  // Measured: metabolism, blood, urine, immune and endocrine function, EEG, ECG, EMG, nerve conduction.
  "HP:0001939": "laboratory",
  "HP:0001871": "laboratory",
  "HP:0010876": "laboratory",
  "HP:0003110": "laboratory",
  "HP:0010978": "laboratory",
  "HP:0000818": "laboratory",
  "HP:0002353": "laboratory",
  "HP:0003115": "laboratory",
  "HP:0003457": "laboratory",
  "HP:0003134": "laboratory",
  // Imaged: brain, heart and vessels, inner organs, the inside of bones.
  "HP:0002011": "imaging",
  "HP:0001627": "imaging",
  "HP:0025015": "imaging",
  "HP:0002088": "imaging",
  "HP:0000077": "imaging",
  "HP:0001392": "imaging",
  "HP:0002012": "imaging",
  "HP:0000812": "imaging",
  "HP:0003330": "imaging",
  "HP:0003468": "imaging",
  // Felt all the same, though it lies under an imaged branch.
  "HP:0002240": "examination",
  // Tissue, tumours, cells, chromosomes.
  "HP:0002664": "invasive",
  "HP:0004303": "invasive",
  "HP:0025354": "invasive",
  "HP:0011017": "invasive",
};

const NAMES = Object.keys(EFFORT_COST) as Effort[];
const tables = new WeakMap<Ontology, Uint8Array>();

/** What it takes to know of a finding; `examination` where no branch says otherwise. */
export function effortOf({ ontology }: ClinicalModel, term: number): Effort {
  let table = tables.get(ontology);
  if (!table) tables.set(ontology, (table = tableOf(ontology)));
  return NAMES[table[term]!]!;
}

/** Index into NAMES for every term. The branch with the most ancestors of its own is the deepest, so the nearest. */
function tableOf({ ids, ancestors }: Ontology): Uint8Array {
  const branches = new Map<number, { effort: number; depth: number }>();
  const index = ids.index();
  for (const [id, effort] of Object.entries(BRANCHES)) {
    const term = index.get(id);
    if (term !== undefined) branches.set(term, { effort: NAMES.indexOf(effort), depth: ancestors.at(term).length });
  }
  return Uint8Array.from({ length: ids.length }, (_, term) => {
    let nearest = branches.get(term);
    for (const ancestor of nearest ? [] : ancestors.at(term)) {
      const branch = branches.get(ancestor);
      if (branch && branch.depth > (nearest?.depth ?? -1)) nearest = branch;
    }
    return nearest?.effort ?? NAMES.indexOf("examination");
  });
}
