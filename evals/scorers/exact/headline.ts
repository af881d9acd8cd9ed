/** The part of an answer that answers: without lead-in words, citation marks, and the explanation that may follow. */
import { withoutMarks } from "./text.ts";

const LEAD_IN = /^\s*(?:\**\s*(?:final answer|answer)\s*:\s*\**|(?:the )?(?:correct |final )?answer is:?|it is)\s+/i;

/** What may stand after the answer without being another one. */
const EXPLANATION =
  /^(?:this follows from:|not looked at:|left out for want of|“[^”]*” was read as|because |evidence:|it |this |these |its )/i;
const SECOND_THOUGHTS =
  /\b(?:or|alternatively|also|another|either|perhaps|possibly|maybe|might|may|could|likely|instead|other candidates?)\b/i;

const ABSTENTION =
  /^(?:i (?:cannot|can ?not|can't|could not|couldn't|do not|don't|am unable|was unable)|(?:it |this )?(?:cannot|can't|could not) be (?:determined|answered|found)|unable to|unknown$|no answer|not (?:known|found|available|determined|enough|sufficient)|insufficient|there is (?:no|not enough)|the (?:run|question) (?:was stopped|reached|could not)|n\/?a$|none$|abstain)/i;

/** The answer itself. Text after its first sentence is left out where it explains, and kept where it may be another candidate. */
export function headline(answer: string): string {
  const text = withoutMarks(lastOf(answer)).trim().replace(LEAD_IN, "").trim();
  const end = /(?<!\b(?:vs|st|dr|no|jr|sr|e\.g|i\.e))\.\s+(?=\S)/i.exec(text);
  if (!end) return text.replace(/\.$/, "");
  const rest = text.slice(end.index + end[0].length);
  return EXPLANATION.test(rest) && !SECOND_THOUGHTS.test(withoutHostNotes(rest))
    ? text.slice(0, end.index)
    : text.replace(/\.$/, "");
}

/** A text that reasons first and says `FINAL ANSWER:` at last. */
function lastOf(answer: string): string {
  return answer.split(/^.*\bfinal answer\**\s*:\**/im).at(-1) || answer;
}

/** Statements between entities, which the host lists after its answer, are no second thoughts ("may cause", "other"). */
function withoutHostNotes(rest: string): string {
  return /^(?:this follows from:|not looked at:|left out for want of|“)/i.test(rest) ? "" : rest;
}

export function isAbstention(text: string): boolean {
  const plain = text.trim().replace(/[.!]+$/, "");
  return !/[\p{L}\p{N}]/u.test(plain) || ABSTENTION.test(plain);
}

/** The members of a list: by semicolons where there are any, else by commas, "and", "&"; "or" and "/" part candidates. */
export function members(text: string): string[] {
  const parts = text.includes(";") ? text.split(";") : text.split(/,(?!\d{3}(?!\d))/);
  return parts
    .flatMap((part) => part.split(/\s+(?:and|&|as well as)\s+/i))
    .map((part) => part.replace(/^\s*(?:and|&)\s+/i, "").trim())
    .filter(Boolean);
}

export function candidates(text: string): string[] {
  return members(text)
    .flatMap((part) => part.split(/\s+(?:or|versus|vs\.?)\s+|\s*\/\s*/i))
    .map((part) => part.replace(/^(?:either|or)\s+/i, ""));
}
