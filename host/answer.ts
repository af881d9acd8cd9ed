/** The check that every answer passes before it is shown: each claim's citation is a passage that a tool of this session returned. */
import type { Citation } from "../schemas/index.ts";
import type { ProposedAnswer } from "./policy.ts";
import type { State } from "./state.ts";

/** What is wrong with the answer, in words that a policy can act on; empty where it stands. */
export function checkAnswer(proposed: ProposedAnswer, state: State): string[] {
  const problems: string[] = [];
  const { answer, abstained, citations } = proposed;
  if (!answer.trim()) problems.push("the answer is empty");
  if (!abstained && citations.length === 0) {
    problems.push("the answer cites nothing: cite a passage that a tool returned, or abstain");
  }
  problems.push(...checkMarks(answer, citations, abstained));
  for (const citation of citations) {
    const problem = checkCitation(citation, state);
    if (problem) problems.push(`citation [${citation.n}]: ${problem}`);
  }
  return problems;
}

/** The numbers of the answer's marks: `[1]`, `[1, 2]`, `[1][2]`. */
export function marksOf(answer: string): Set<number> {
  const marks = new Set<number>();
  for (const [, list] of answer.matchAll(/\[(\d+(?:\s*,\s*\d+)*)\]/g)) {
    for (const number of list!.split(",")) marks.add(Number(number));
  }
  return marks;
}

function checkMarks(answer: string, citations: readonly Citation[], abstained: boolean): string[] {
  const problems: string[] = [];
  const marks = marksOf(answer);
  const numbers = new Set(citations.map((c) => c.n));
  if (numbers.size < citations.length) problems.push("two citations have the same number");
  for (const mark of marks) if (!numbers.has(mark)) problems.push(`the mark [${mark}] has no citation`);
  if (abstained) return problems;
  for (const n of numbers) if (!marks.has(n)) problems.push(`citation [${n}] is not marked in the answer`);
  return problems;
}

function checkCitation({ document, passage: id, quote }: Citation, state: State): string | undefined {
  const passage = state.passages.get(id);
  if (!passage) return `the passage ${id} was returned by no tool of this session`;
  if (passage.document !== document) return `the passage ${id} belongs to ${passage.document}, not to ${document}`;
  if (state.documents.get(document)?.integrity === "retracted") {
    return `${document} is retracted and is no evidence`;
  }
  if (!normalise(quote)) return "the quote is empty";
  if (!normalise(passage.text).includes(normalise(quote))) return `the quote is not in the passage ${id} word for word`;
  return undefined;
}

function normalise(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
