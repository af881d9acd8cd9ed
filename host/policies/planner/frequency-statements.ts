/**
 * "Of 50 patients with homocystinuria, 30 had arachnodactyly": how often patients with a disease show a finding, read
 * out of a sentence. A number that could mean something else (a bound, a comparison, an effect of treatment, one of
 * several) is not read: what is not plainly said is no evidence.
 */
import { mentions, sentencesOf } from "./text.ts";

export interface FrequencyStatement {
  /** The sentence, verbatim. */
  quote: string;
  /** "30 of 50" where patients are counted … */
  observed?: string;
  /** … or "60%". */
  frequency?: string;
}

const PEOPLE =
  "(?:(?:affected|reported|published|examined|unrelated|consecutive|adult|pa?ediatric)\\s+)*(?:patients?|cases?|individuals?|probands?|children|adults|infants|males?|females?|men|women|boys|girls|subjects|persons|people|families)";
const WORDS = "no zero one two three four five six seven eight nine ten eleven twelve".split(" ");
const NUMBER = `(?:\\d{1,6}|${WORDS.slice(2).join("|")})`;

/** n, m: "30 of 50 patients", "30/50 patients", "of 50 patients …, 30 …", "all 12 patients", "none of 8 patients". */
const COUNTS: { pattern: RegExp; read: (found: RegExpExecArray) => [number, number] }[] = [
  {
    pattern: new RegExp(
      `(?<![\\w.,/-])(${NUMBER})\\s*(?:of|out of|/)\\s*(?:the\\s+|all\\s+)?(${NUMBER})\\s+${PEOPLE}\\b`,
      "giu",
    ),
    read: ([, n, m]) => [numberOf(n!), numberOf(m!)],
  },
  {
    pattern: new RegExp(
      `\\b(?:of|among|in)\\s+(?:the\\s+|our\\s+)?(${NUMBER})\\s+${PEOPLE}\\b[^.;]*?,\\s*(${NUMBER})(?![\\w.%/]|,\\d|\\s*(?:of|out of|/|years|months|weeks|days)\\b)`,
      "giu",
    ),
    read: ([, m, n]) => [numberOf(n!), numberOf(m!)],
  },
  {
    pattern: new RegExp(`\\ball\\s+(?:of\\s+)?(?:the\\s+)?(${NUMBER})\\s+${PEOPLE}\\b`, "giu"),
    read: ([, m]) => [numberOf(m!), numberOf(m!)],
  },
  {
    pattern: new RegExp(`\\bnone\\s+of\\s+(?:the\\s+|our\\s+)?(${NUMBER})\\s+${PEOPLE}\\b`, "giu"),
    read: ([, m]) => [0, numberOf(m!)],
  },
];
const SHARE = new RegExp(
  `(?<![\\w.,–-])(\\d{1,3}(?:\\.\\d+)?)\\s?(?:%|per\\s?cent)(?=\\s+of\\s+(?:the\\s+|all\\s+)?${PEOPLE}\\b|\\s+of\\s+those\\s+(?:with|affected)\\b)`,
  "giu",
);
/** Any number with a percent sign or a fraction: more of them than were read makes the sentence ambiguous. */
const FIGURES = /\d(?:\.\d+)?\s?(?:%|per\s?cent)|\d\s?\/\s?\d/giu;

/** Bounds, comparisons, negations, effects, risks: the number is of something else. */
const OTHERWISE =
  /\b(?:up to|at (?:least|most)|(?:fewer|less|more|greater|higher|lower|rather) than|over|under|nearly half|versus|vs|compared|controls?|unaffected|healthy|carriers?|relatives?|siblings?|without|not|never|absen(?:t|ce)|lack(?:s|ed|ing)?|exclud\w+|after|following|treat\w*|therap\w*|improv\w*|resol\w*|reduc\w*|decreas\w*|increas\w*|respon\w*|surviv\w*|died|death|mortality|risk|odds|hazard|likelihood|ratio|mutations?|variants?|may|might|could|if|estimated|hypothes\w*)\b|[<>≤≥±~≈]/iu;

/** Sentences of the text that name the disease and say, once and plainly, how many of its patients show something. */
export function frequencyStatements(text: string, disease: string): FrequencyStatement[] {
  return (
    sentencesOf(text)
      // ", 30 had": no number of a subtype, as "Weill-Marchesani syndrome, 2" would be.
      .filter((sentence) => sentence.length < 400 && mentions(sentence.replaceAll(/,(?=\s+\d)/gu, ";"), disease))
      .flatMap((quote) => {
        const said = readFrequency(quote.replaceAll(/\([^)]*\)/gu, " "));
        return said ? [{ quote, ...said }] : [];
      })
  );
}

function readFrequency(sentence: string): Omit<FrequencyStatement, "quote"> | undefined {
  if (OTHERWISE.test(sentence)) return undefined;
  const counts = COUNTS.flatMap(({ pattern, read }) => [...sentence.matchAll(pattern)].map((found) => read(found)));
  const shares = [...sentence.matchAll(SHARE)].map((found) => Number(found[1]));
  const figures = sentence.match(FIGURES)?.length ?? 0;
  const distinct = new Set(counts.map(([n, m]) => `${n} of ${m}`));
  if (distinct.size === 1 && shares.length === 0 && figures <= 1) {
    const [n, m] = counts[0]!;
    return m > 0 && n <= m ? { observed: `${n} of ${m}` } : undefined;
  }
  if (distinct.size === 0 && shares.length === 1 && figures === 1 && shares[0]! <= 100)
    return { frequency: `${shares[0]}%` };
  return undefined;
}

function numberOf(word: string): number {
  const place = WORDS.indexOf(word.toLowerCase());
  return place < 0 ? Number(word) : Math.max(0, place - 1);
}
