/** Small matters of wording, and of whether a text names a thing. */

/** Lower case, words parted by single spaces, nothing else. */
export function fold(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/**
 * Does the text name it? Case and hyphens apart; a plural may follow. A longer name that holds it ("Neonatal Marfan
 * syndrome", "Marfan syndrome type 2") is another thing's.
 */
export function mentions(text: string, name: string): boolean {
  const parts = fold(name).split(" ").filter(Boolean);
  if (parts.length === 0) return false;
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])${parts.join("[^\\p{L}\\p{N}]+")}s?(?![\\p{L}\\p{N}])`, "giu");
  return [...text.matchAll(pattern)].some((match) => {
    const before = text.slice(0, match.index);
    const after = text.slice(match.index + match[0].length);
    const continued =
      /(?:[a-z,;(]|[^.!?\s]) \p{Lu}\p{Ll}+[\s-]+$/u.test(before) || /^,?\s+(?:type\s+)?(?:\d|[IVX]+\b)/.test(after);
    return !continued;
  });
}

/** Do the first words of the name say the text? */
export function startsWith(name: string, text: string): boolean {
  return `${fold(name)} `.startsWith(`${fold(text)} `);
}

/** "a", "a and b", "a, b and c"; long lists are cut with their count. */
export function list(names: readonly string[], limit = 6): string {
  const unique = [...new Set(names)];
  const shown = unique.length > limit ? [...unique.slice(0, limit), `${unique.length - limit} more`] : unique;
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)!}`;
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Sentences of a text, each verbatim in it; a line break ends one. */
export function sentencesOf(text: string): string[] {
  const segmenter = new Intl.Segmenter("en", { granularity: "sentence" });
  return text
    .split("\n")
    .flatMap((line) => [...segmenter.segment(line)].map((s) => s.segment.trim()))
    .filter(Boolean);
}

/** Of pregnancy is also what is said of the pregnant, of a deficiency what is said of the deficient. */
export function withAdjective(name: string): string[] {
  const adjective = name.replace(/(?<=\p{L}{3}[ae]n)cy$/u, "t");
  return adjective === name ? [name] : [name, adjective];
}
