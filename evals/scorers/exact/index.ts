/** The exact scorer of short answers: normalised equality with the gold or an alias, by kind (name, identifier, quantity, date, list). */
import { type Score, right, wrong } from "../verdict.ts";
import { readDate, saysDate } from "./date.ts";
import { candidates, headline, isAbstention, members } from "./headline.ts";
import { readQuantity, sameQuantity } from "./quantity.ts";
import { normalise, withoutMarks } from "./text.ts";

/**
 * Is this answer the gold? Citation marks, case, accents, articles and an explanation after the answer do not matter.
 * An abstention scores 0, and so does an answer that names several candidates where one was asked for.
 * @param aliases other names that are as right as the gold
 */
export function scoreExact(answer: string, gold: string, aliases: readonly string[] = []): Score {
  const accepted = [gold, ...aliases].filter((name) => name.trim());
  if (accepted.length === 0) return wrong("there is no gold to compare with");
  // A gold may itself hold what looks like a lead-in, a list or an abstention ("NA"): the whole text is tried first.
  for (const text of new Set([withoutMarks(answer), headline(answer)])) {
    const how = accepted.map((name) => matches(text, name, accepted)).find(Boolean);
    if (how) return right(how);
  }
  const said = headline(answer);
  if (isAbstention(said)) return wrong(said ? "abstained" : "empty answer");
  if (accepted.some((name) => asSet(said, name, accepted))) return right("same list");
  const several = candidates(said);
  if (several.length > 1 && several.some((one) => accepted.some((name) => matches(one, name, accepted)))) {
    return wrong("several candidates, one of them right");
  }
  return wrong("differs from the gold and its aliases");
}

/** How the whole text says the whole name; undefined where it does not. */
function matches(text: string, name: string, accepted: readonly string[]): string | undefined {
  const quantity = readQuantity(name);
  const date = readDate(name);
  if (date) {
    const said = readDate(text);
    if (said && saysDate(said, date)) return "same date";
  }
  if (quantity) {
    const said = readQuantity(text);
    return said && sameQuantity(said, quantity) ? "same quantity" : undefined;
  }
  const wanted = normalise(name);
  if (!wanted) return text.trim() === name.trim() ? "same text" : undefined;
  if (normalise(text) === wanted) return "same name";
  return withoutBrackets(text, accepted, wanted) ? "same name" : undefined;
}

/** "imatinib (Gleevec)": what stands in brackets must be another accepted name or an identifier, never a second candidate. */
function withoutBrackets(text: string, accepted: readonly string[], wanted: string): boolean {
  const found = /^(.+?)\s*\(([^()]+)\)\s*\.?$/.exec(text.trim());
  if (!found || normalise(found[1]!) !== wanted) return false;
  const inside = found[2]!;
  return /^[A-Za-z]+:[A-Za-z0-9_.-]+$/.test(inside) || accepted.some((name) => normalise(name) === normalise(inside));
}

/** A gold of several members is met by exactly these members, in any order. */
function asSet(text: string, name: string, accepted: readonly string[]): boolean {
  const wanted = members(name);
  const said = members(text);
  if (wanted.length < 2 || said.length !== wanted.length) return false;
  const left = [...said];
  for (const member of wanted) {
    const at = left.findIndex((one) => matches(one, member, [member, ...accepted]));
    if (at < 0) return false;
    left.splice(at, 1);
  }
  return true;
}
