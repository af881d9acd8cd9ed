/** {rationale, evidence, summary} for a goal: by the configured reading model, else by the ranking alone. */
import type { Passage, Synthesis } from "../../../schemas/index.ts";
import { configuredModel } from "./endpoint.ts";
import { extract } from "./extractive.ts";
import { readWithModel, unfoundedNumbers, WINDOW } from "./model.ts";

export interface Reading {
  synthesis?: Synthesis;
  /** What the reader must know of how it was made. */
  notes: string[];
}

/** Best passages that the extractive way looks into. */
const LOOKED_INTO = 12;

/**
 * @param ranked passages that share words with the goal, best first
 * @param opening passages from the document's beginning, for a model where none does
 */
export async function synthesise(
  title: string,
  ranked: readonly Passage[],
  opening: readonly Passage[],
  goal: string,
  signal: AbortSignal,
): Promise<Reading> {
  const extracted = extract(ranked.slice(0, LOOKED_INTO), goal, ranked.length);
  const fallback = (note?: string): Reading => ({
    ...(extracted ? { synthesis: extracted } : {}),
    notes: note ? [note] : [],
  });
  const model = configuredModel();
  if (!model) return fallback();
  const shown = withinWindow(ranked.length > 0 ? ranked : opening);
  try {
    const synthesis = await readWithModel(model, title, shown, goal, signal);
    if (synthesis.evidence.length === 0 && synthesis.dropped) {
      return fallback(
        `${model.model} quoted nothing that stands in the text; the sentences were chosen by their words`,
      );
    }
    const numbers = unfoundedNumbers(synthesis.summary, shown, goal);
    const notes = [
      ...(synthesis.dropped ? [`${count(synthesis.dropped)} of ${model.model} not in the text, and left out`] : []),
      ...(numbers.length > 0 ? [`the summary names numbers that the passages do not: ${numbers.join(", ")}`] : []),
    ];
    return { synthesis, notes };
  } catch (error) {
    signal.throwIfAborted();
    const why = (error instanceof Error ? error.message : String(error)).slice(0, 200);
    return fallback(`${model.model} could not read it (${why}); the sentences were chosen by their words`);
  }
}

function count(n: number): string {
  return n === 1 ? "1 quote" : `${n} quotes`;
}

/** The best that fit, in the order of the text. */
function withinWindow(passages: readonly Passage[]): Passage[] {
  const shown: Passage[] = [];
  let left = WINDOW;
  for (const passage of passages) {
    if (passage.text.length > left) break;
    shown.push(passage);
    left -= passage.text.length;
  }
  return shown.toSorted((a, b) => a.start - b.start);
}
