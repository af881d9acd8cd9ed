/** Forms in which one word is written: plural and singular, British and American. */

/** Pairs that turn one spelling into the other, tried both ways. */
const SPELLINGS: readonly (readonly [string, string])[] = [
  ["aemi", "emi"],
  ["haem", "hem"],
  ["oedem", "edem"],
  ["oesoph", "esoph"],
  ["oestr", "estr"],
  ["paed", "ped"],
  ["foet", "fet"],
  ["gynaec", "gynec"],
  ["caec", "cec"],
  ["faec", "fec"],
  ["rrhoe", "rrhe"],
  ["sulph", "sulf"],
  ["tumour", "tumor"],
  ["behaviour", "behavior"],
  ["colour", "color"],
  ["fibre", "fiber"],
  ["isation", "ization"],
];

/** The word itself first, then its other forms; a name may hold any of them. */
export function formsOf(word: string): string[] {
  const forms = new Set([word]);
  for (const form of [word, ...numbers(word)]) {
    forms.add(form);
    for (const [british, american] of SPELLINGS) {
      if (form.includes(british)) forms.add(form.replace(british, american));
      else if (form.includes(american)) forms.add(form.replace(american, british));
    }
  }
  return [...forms];
}

/** The other grammatical numbers of a folded word. Words of three letters and words with digits have none: symbols are not nouns. */
function numbers(word: string): string[] {
  if (word.length < 4 || /\d/.test(word)) return [];
  if (word.endsWith("ies")) return [`${word.slice(0, -3)}y`, word.slice(0, -1)];
  if (/(?:[sx]|ch|sh)es$/.test(word)) return [word.slice(0, -2), word.slice(0, -1), word.replace(/ses$/, "sis")];
  if (word.endsWith("sis")) return [word.replace(/sis$/, "ses")];
  if (word.endsWith("s")) return /(?:ss|us|is)$/.test(word) ? [] : [word.slice(0, -1)];
  if (/[^aeiou]y$/.test(word)) return [`${word.slice(0, -1)}ies`];
  return [/(?:[sxz]|ch|sh)$/.test(word) ? `${word}es` : `${word}s`];
}
