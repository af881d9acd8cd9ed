/**
 * The shortest run that ends in the same answer: turns that nothing later refers to are left out, as if they had not been
 * taken. A small model learns the way to the answer from it, and not the second look (another source, the main document
 * read again), which is half of the words of a run.
 */
import { chatOf, type ChatMessage, type ProposedAnswer, type State } from "../../host/index.ts";
import type { ToolDefinition } from "../../host/index.ts";

const HANDLE = /@[erpdc]\d+/g;
const MARKS = /(?:\[\d+(?:\s*,\s*\d+)*\])+/g;

/** @param state a run whose last step is the answer that stood */
export function lean(state: State, definitions: readonly ToolDefinition[]): State {
  const steps = state.steps.map((step) => (step.answer ? { ...step, answer: firstSources(step.answer, state) } : step));
  const last = steps.at(-1);
  if (!last?.answer) return state;
  const needed = neededFor(last.step, chatOf({ ...state, steps }, definitions, "compact").messages);
  const kept = steps.filter(({ step }) => needed.has(step));
  if (kept.length === steps.length) return state;
  // Its thought may speak of what is gone.
  return { ...state, steps: kept.map((step) => (step === last ? { ...last, thought: "" } : step)) };
}

/** The step, and all that showed what it refers to, and what those refer to. In the compact view every reference is a handle. */
function neededFor(answer: number, messages: readonly ChatMessage[]): Set<number> {
  const shownAt = new Map<string, number>();
  const references = new Map<number, string[]>();
  for (const { role, step, content, calls } of messages) {
    if (step === undefined) continue;
    if (role === "assistant") references.set(step, `${content} ${JSON.stringify(calls)}`.match(HANDLE) ?? []);
    else for (const handle of content.match(HANDLE) ?? []) if (!shownAt.has(handle)) shownAt.set(handle, step);
  }
  const needed = new Set<number>([answer]);
  for (const step of needed) {
    for (const handle of references.get(step) ?? []) {
      const at = shownAt.get(handle);
      // A set that grows while it is walked: what was added is walked too.
      if (at !== undefined && at < step) needed.add(at);
    }
  }
  return needed;
}

/** Of the sources that stand side by side after a claim, those that were found first; their numbers stay. */
function firstSources(answer: ProposedAnswer, { steps }: State): ProposedAnswer {
  const passages = new Map(answer.citations.map(({ n, passage }) => [n, passage]));
  const results = steps.map(({ step, returned }) => ({ step, text: JSON.stringify(returned.map((r) => r.result)) }));
  const stepThatShows = (id: string) => results.find(({ text }) => text.includes(JSON.stringify(id)))?.step;
  const foundAt = new Map([...passages].map(([n, passage]) => [n, stepThatShows(passage)]));
  const used = new Set<number>();
  const text = answer.answer.replace(MARKS, (marks) => {
    const numbers = [...marks.matchAll(/\d+/g)].map(([number]) => Number(number));
    const first = Math.min(...numbers.map((n) => foundAt.get(n) ?? Infinity));
    const kept = numbers.filter((n) => (foundAt.get(n) ?? Infinity) === first);
    for (const n of kept) used.add(n);
    return kept.map((n) => `[${n}]`).join("");
  });
  return { ...answer, answer: text, citations: answer.citations.filter(({ n }) => used.has(n)) };
}
