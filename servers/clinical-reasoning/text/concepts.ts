/** What a word contributes to a name whatever its form: "renal" and "kidneys", "elevated" and "high", "dysplastic" and "dysplasia" are one concept each. */

/** Words of one meaning within a finding's name; the first stands for all. Written as they are after folding. A word alone in its line only looks like another: "limbic" is no form of "limb". */
const GROUPS: readonly string[] = [
  "abnormal abnormality anomaly anomalous defect defective manifestation involvement problem deficit lesion impediment",
  "malformed malformation deformity deformed",
  "morphology",
  "limbic",
  "signal",
  "finding",
  "increased increase increasing elevated elevation raised high higher excessive excess heightened",
  "decreased decrease decreasing reduced reduction low lowered lower diminished",
  "absent missing lacking",
  "large enlarged enlargement big",
  "small tiny",
  "short shortened shortening shortness",
  "long elongated elongation",
  "wide broad widened widening",
  "narrow narrowed narrowing",
  "thick thickened thickening",
  "weak weakness weakened",
  "stiff stiffness",
  "pain painful ache aching",
  "swollen swelling",
  "fused fusion",
  "delayed delay late",
  "lost loss",
  "impaired impairment",
  "recurrent repeated frequent",
  "dilation dilated",
  "opaque opacity opacification",
  "cloudy clouding clouded",
  "weakly weaker",
  "multiple numerous",
  "prominent prominence",
  "tumor neoplasm",
  "failure insufficiency",
  "retardation retarded",
  "calcification calcified",
  "pigmentation pigmented pigmentary",
  "hypopigmentation hypopigmented",
  "hyperpigmentation hyperpigmented",
  "kidney renal",
  "liver hepatic",
  "spleen splenic",
  "heart cardiac",
  "lung pulmonary",
  "eye ocular ophthalmic ophthalmologic ophthalmological",
  "hearing auditory",
  "skin cutaneous",
  "tooth dental dentition",
  "nose nasal",
  "mouth oral",
  "face facial facy",
  "ear otic",
  "muscle muscular musculature",
  "limb extremity",
  "arm",
  "cornea corneal",
  "retina retinal",
  "palate palatal",
  "palm palmar",
  "sole plantar",
  "tongue lingual",
  "gum gingival gingiva",
  "lip labial",
  "stomach gastric",
  "bowel intestine intestinal gut",
  "bladder vesical",
  "aorta aortic",
  "artery arterial",
  "vein venous",
  "vertebra vertebral",
  "spine spinal",
  "mandible mandibular",
  "finger digit",
  "toe",
  "nail ungual",
  "anus anal",
  "rectum rectal",
  "ovary ovarian",
  "testis testicular",
  "larynx laryngeal",
  "skeleton skeletal",
  "joint articular",
  "thorax thoracic chest",
  "abdomen abdominal belly",
  "brain cerebral",
  "hair",
];
const GROUP = new Map(
  GROUPS.flatMap((line) => {
    const [first, ...others] = line.split(" ") as [string, ...string[]];
    return [first, ...others].map((word) => [word, first] as const);
  }),
);

/** Endings of adjective, participle and noun that share a stem; first match only. */
const ENDINGS: readonly (readonly [RegExp, string])[] = [
  [/pla(?:sia|stic|sy)$/u, "plas"],
  [/(?:psy|ptic|psia)$/u, "ps"],
  [/troph(?:ic|ied|y)$/u, "troph"],
  [/(?:osis|otic|osed)$/u, "os"],
  [/(?:esis|etic|esia)$/u, "es"],
  [/(?:asis|atic|asia)$/u, "as"],
  [/(?:itis|itic)$/u, "it"],
  [/ly(?:sis|tic|zed)$/u, "lys"],
  [/istic$|ism$/u, ""],
  [/icity$/u, ""],
  [/[ai]bility$|[ai]ble$/u, "bl"],
  [/(?:sion|sive)$/u, "s"],
  [/(?:ation|ating|ated|ate)$/u, "at"],
  [/(?:tion|tive|ted|ting|te)$/u, "t"],
  [/(?:cle|cular|cula)$/u, "cul"],
  [/(?:nx|ngeal|nge)$/u, "ng"],
  [/(?:[ei]al|[ei]ar|[ei]um|[ei]us|[ei]ous|ea)$/u, ""],
  [/(?:ical|ity|ia|ic|y|us|ous|al|ary?|ed|ing|ment|ness|um|ion|e|a)$/u, ""],
];
/** The concept of a folded word. */
export function conceptOf(folded: string): string {
  return GROUP.get(folded) ?? stemOf(folded);
}

function stemOf(norm: string): string {
  if (norm.length < 5 || /\d/u.test(norm)) return norm;
  for (const [ending, kept] of ENDINGS) {
    const at = norm.search(ending);
    if (at < 0) continue;
    return at >= 3 ? `${norm.slice(0, at)}${kept}`.replace(/([b-df-hj-np-tv-z])\1$/u, "$1") : norm;
  }
  return norm;
}

/** Words that join the parts of a name and may be left out or added. */
const FILLERS = new Set("of the in on at his her their its is was are were be being very rather both".split(" "));
export function isFiller(norm: string): boolean {
  return FILLERS.has(norm);
}

/** Names of more concepts than this are read as they are written only. */
export const MOST_CONCEPTS = 5;
