/** Words as findings are compared by: lower case, one number, one spelling, so that "oedemas" meets "edema". */
import { words } from "../../knowledge/index.ts";

/** Plurals that no rule below reaches. */
const SINGULAR: Record<string, string> = {
  feet: "foot",
  clubfeet: "clubfoot",
  teeth: "tooth",
  calves: "calf",
  phalanges: "phalanx",
  nevi: "nevus",
  naevi: "nevus",
  naevus: "nevus",
  chalazia: "chalazion",
  pterygia: "pterygium",
  ova: "ovum",
  testes: "testis",
  men: "man",
  women: "woman",
};

/** A written word in lower case, without accents, in the singular and in American spelling; "" where nothing is left. */
export function foldWord(written: string): string {
  if (/^[a-z\d]+$/iu.test(written)) return fold(written.toLowerCase());
  return words(written)
    .map(({ norm }) => fold(norm))
    .join("");
}

/** Singular, American spelling. Not English, but the same for names and text, which is all that matters here. */
function fold(word: string): string {
  if (word.length < 4 || /\d/u.test(word)) return SINGULAR[word] ?? word;
  const irregular = SINGULAR[word];
  if (irregular) return irregular;
  if (/[lrt]ae$/u.test(word)) return word.slice(0, -1);
  if (word.endsWith("omata")) return word.slice(0, -2);
  const spelled = american(word);
  if (spelled.endsWith("ies") && spelled.length > 5) return `${spelled.slice(0, -3)}y`;
  if (/(?:ss|sh|ch|x)es$/u.test(spelled)) return spelled.slice(0, -2);
  if (/(?:ss|us|is)$/u.test(spelled)) return spelled;
  if (spelled.endsWith("uses") && spelled.length > 6) return spelled.slice(0, -2);
  if (spelled.endsWith("ses") && spelled.length > 6) return `${spelled.slice(0, -2)}is`;
  return spelled.endsWith("s") ? spelled.slice(0, -1) : spelled;
}

function american(word: string): string {
  if (word.length < 5) return word;
  return word
    .replaceAll("ae", "e")
    .replaceAll("oe", "e")
    .replace(/(?<=[aeiou][a-z]+)our(?=$|s$|ed$|al$)/u, "or")
    .replace(/is(?=(?:e|ed|es|ing|ation|ations)$)/u, "iz")
    .replace(/dilatat/u, "dilat")
    .replace(/sulph/u, "sulf");
}
