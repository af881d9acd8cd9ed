/** Words as findings are compared by: lower case, one number, one spelling, so that "oedemas" meets "edema". */
import { words } from "../../knowledge/index.ts";

export interface Token {
  /** Folded form. */
  norm: string;
  start: number;
  end: number;
}

export function tokensOf(text: string): Token[] {
  return words(text).map(({ norm, start, end }) => ({ norm: foldToken(norm), start, end }));
}

/** Singular, American spelling. Not English, but the same for names and text, which is all that matters here. */
function foldToken(word: string): string {
  const spelled = word.length > 4 ? word.replaceAll("ae", "e").replaceAll("oe", "e") : word;
  if (word.length < 4 || /\d/u.test(word)) return word;
  if (spelled.endsWith("ies") && spelled.length > 5) return `${spelled.slice(0, -3)}y`;
  if (/(?:ss|sh|ch|x)es$/u.test(spelled)) return spelled.slice(0, -2);
  if (/(?:ss|us|is)$/u.test(spelled)) return spelled;
  if (spelled.endsWith("ses") && spelled.length > 6) return `${spelled.slice(0, -2)}is`;
  return spelled.endsWith("s") ? spelled.slice(0, -1) : spelled;
}
