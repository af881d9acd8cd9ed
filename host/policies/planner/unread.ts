/** What a question says that was not understood. */
import { PLAIN_WORDS, SOFT_WORDS } from "./plain-words.ts";
import type { Unread } from "./query.ts";
import { overlaps, type Span } from "./spans.ts";

/** Words left over, in runs. A run that stands for itself ("and purple toenails") is a condition that was not understood; one before a known kind ("first-line drug") merely colours it. */
export function unreadRuns(question: string, taken: readonly Span[], terms: readonly Span[]): Unread[] {
  const runs: (Span & Unread)[] = [];
  for (const match of question.matchAll(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu)) {
    const span = { start: match.index, end: match.index + match[0].length };
    const word = match[0].toLowerCase().replace(/['’]s$/, "");
    if (overlaps(span, taken) || PLAIN_WORDS.has(word)) continue;
    const last = runs.at(-1);
    if (last && /^[\s-]+$/.test(question.slice(last.end, span.start))) {
      last.end = span.end;
      last.text = question.slice(last.start, span.end);
    } else runs.push({ ...span, text: match[0], condition: true });
  }
  for (const run of runs) {
    // A number after a name is part of it: "Alport syndrome 1" is not Alport syndrome.
    const name =
      /^\d+\p{L}?$/u.test(run.text) &&
      taken.find((t) => t.end < run.start && /^[\s-]+$/.test(question.slice(t.end, run.start)));
    if (name) Object.assign(run, { start: name.start, text: question.slice(name.start, run.end) });
    const next = terms.some((t) => t.start >= run.end && /^[\s-]*$/.test(question.slice(run.end, t.start)));
    run.condition = !next && !run.text.split(/\s+/).every((w) => SOFT_WORDS.has(w.toLowerCase()));
  }
  return runs.map(({ text, start, condition }) => ({ text, start, condition }));
}
