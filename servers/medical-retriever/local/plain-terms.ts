/** Words of ordinary and of medical English, as search terms: verbs and general nouns that questions are made of. */
import { plainWords } from "../../knowledge/plain-words.ts";
import { tokenize } from "../../knowledge/tokenize.ts";

let known: ReadonlySet<string> | undefined;

/** True for `improv` (improve) and `patient`, which say little of what a text is about. @param term of `tokenize` */
export function isPlainTerm(term: string): boolean {
  known ??= new Set(tokenize(plainWords().join(" ")));
  return known.has(term);
}
