/** Medical spelling folded to one form: Greek letters by name, no accents, American endings, Latin plurals. */

const GREEK: Record<string, string> = {
  α: "alpha",
  β: "beta",
  γ: "gamma",
  δ: "delta",
  ε: "epsilon",
  ζ: "zeta",
  η: "eta",
  θ: "theta",
  ι: "iota",
  κ: "kappa",
  λ: "lambda",
  μ: "mu",
  ν: "nu",
  ξ: "xi",
  π: "pi",
  ρ: "rho",
  σ: "sigma",
  ς: "sigma",
  τ: "tau",
  υ: "upsilon",
  φ: "phi",
  χ: "chi",
  ψ: "psi",
  ω: "omega",
};

/** Plurals that no rule reaches. */
const SINGULAR: ReadonlyMap<string, string> = new Map(
  Object.entries({
    bacteria: "bacterium",
    mitochondria: "mitochondrion",
    criteria: "criterion",
    phenomena: "phenomenon",
    ova: "ovum",
    data: "datum",
    nuclei: "nucleus",
    fungi: "fungus",
    foci: "focus",
    loci: "locus",
    stimuli: "stimulus",
    alveoli: "alveolus",
    thrombi: "thrombus",
    emboli: "embolus",
    bronchi: "bronchus",
    vertebrae: "vertebra",
    women: "woman",
    men: "man",
    children: "child",
    mice: "mouse",
    feet: "foot",
    teeth: "tooth",
  }),
);

/** A lower-case word in the one spelling that is indexed. Not for display. */
export function spell(word: string): string {
  const plain = PLAIN.test(word) ? word : unaccented(word);
  const singular = SINGULAR.get(plain) ?? plain;
  return singular.length < 5 || /\d/.test(singular) ? singular : american(singular);
}

/** Most words have no letters but these. */
const PLAIN = /^[a-z\d]*$/;

function unaccented(word: string): string {
  return word
    .replace(/[α-ω]/gu, (letter) => GREEK[letter] ?? letter)
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .replaceAll("æ", "ae")
    .replaceAll("œ", "oe");
}

/** What is changed has one of these. */
const BRITISH = /[ao]e|our|is|lys|[bt]re|sulph|gramme|ogue|ll/;

function american(word: string): string {
  if (!BRITISH.test(word)) return word;
  return word
    .replace(/[ao]e/g, "e")
    .replace(/(?<!^h)our(?=$|s$|ed$|ing$|al$|ally$|less$|able$)/, "or")
    .replace(/is(?=(?:e|ed|es|ing|er|ers|ation|ations|ational)$)/, "iz")
    .replace(/lys(?=(?:e|ed|ing|er|ers)$)/, "lyz")
    .replace(/(?<=[bt])re(?=s?$)/, "er")
    .replace(/sulph/, "sulf")
    .replace(/gramme(?=s?$)/, "gram")
    .replace(/ogue(?=s?$)/, "og")
    .replace(/ll(?=(?:ed|ing)$)/, "l");
}
