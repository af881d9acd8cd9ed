/** Names of diseases as the databases print them, made into one name and its synonyms. */

export interface DiseaseName {
  name: string;
  synonyms: string[];
}

/**
 * Several names of one disease, the most used first. OMIM's headings are taken apart:
 * `#154700 MARFAN SYNDROME; MFS;;MARFAN SYNDROME, TYPE I` is "Marfan syndrome" with two synonyms.
 */
export function diseaseName(id: string, names: readonly string[]): DiseaseName {
  const all = names.flatMap((name) => (id.startsWith("OMIM:") ? omimTitles(name) : [name.trim()])).filter(Boolean);
  const [name = id, ...others] = all;
  const seen = new Set([name.toLowerCase()]);
  const synonyms = others.filter((other) => !seen.has(other.toLowerCase()) && seen.add(other.toLowerCase()));
  return { name, synonyms };
}

function omimTitles(heading: string): string[] {
  return heading
    .replace(/^\s*[#%*+^]?\s*\d{6}\s+|^\s*[#%*+^]\s*/u, "")
    .split(";")
    .map((title) => normalCase(title.trim()));
}

/**
 * A name in capitals with normal casing. Left alone: names with a small letter, and short ones, which are symbols.
 * Roman and other numerals, single letters and words with digits keep their capitals.
 */
function normalCase(name: string): string {
  if (/\p{Ll}/u.test(name) || !/\p{Lu}{7}/u.test(name)) return name;
  const lower = name.replace(/[\p{L}\p{N}]+/gu, (word) =>
    word.length === 1 || /\d/.test(word) || /^[IVX]+$/.test(word) ? word : word.toLowerCase(),
  );
  return lower.replace(/\p{L}/u, (first) => first.toUpperCase());
}
