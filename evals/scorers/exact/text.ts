/** Text as the exact scorer compares it: case, accents, marks, dashes and articles do not matter; digits, signs and words do. */

const GREEK: Record<string, string> = {
  α: "alpha",
  β: "beta",
  γ: "gamma",
  δ: "delta",
  ε: "epsilon",
  ζ: "zeta",
  η: "eta",
  θ: "theta",
  κ: "kappa",
  λ: "lambda",
  μ: "mu",
  σ: "sigma",
  τ: "tau",
  ω: "omega",
};

/** Citation marks `[1]`, `[1, 2]`, `[1][2]` and `[PMID:1#0-20]`; the space before them goes, too. */
export function withoutMarks(text: string): string {
  return text.replace(/\s*\[(?:\d+(?:\s*,\s*\d+)*|[^[\]\s]+#\d+-\d+)\]/g, "");
}

/** Lower case, no accents, no Markdown, one space between words; punctuation that carries no meaning becomes a space. */
export function normalise(text: string): string {
  return (
    text
      .normalize("NFKD")
      .replace(/[\u0300-\u036f\u200b-\u200f\u2060\ufeff]/g, "")
      .toLowerCase()
      .replace(/[α-ω]/g, (letter) => ` ${GREEK[letter] ?? letter} `)
      .replace(/['’‘`´*]/g, "")
      // 1,234 is one number; a comma elsewhere parts words.
      .replace(/(?<=\d),(?=\d{3}(?!\d))/g, "")
      .replace(/(?<!\d)\.|\.(?!\d)/g, " ")
      .replace(/[^\p{L}\p{N}.%+<>≤≥=~$€£]+/gu, " ")
      .trim()
      .replace(/^(?:the|an?) (?=.)/, "")
      // NCT 0123, HP:0001, rs-12: an identifier is one word.
      .replace(
        /\b(nct|eudract|isrctn|chembl|db|hp|mondo|omim|orpha|pmid|pmc|doid|chebi|rxcui|nda|anda|bla|rs) (?=\d)/g,
        "$1",
      )
  );
}
