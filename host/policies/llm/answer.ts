/** A model's answer, as it gave it (a call of submit_answer, JSON, or plain text with passage ids), as the host checks it. */
import type { Citation } from "../../../schemas/index.ts";
import { marksOf } from "../../answer.ts";
import type { ProposedAnswer } from "../../policy.ts";
import type { State } from "../../state.ts";

interface Given {
  n?: number;
  passage: string;
  quote?: string;
}

/** The arguments of submit_answer; undefined where there is no answer in them. */
export function fromArguments(args: Record<string, unknown>, state: State): ProposedAnswer | undefined {
  const { answer, abstained, citations } = args;
  if (typeof answer !== "string" || !answer.trim()) return undefined;
  return build(answer.trim(), abstained === true || abstained === "true", readCitations(citations), state);
}

/** Text that is the answer: JSON of the same shape, or prose with marks such as [PMID:1#0-20]. */
export function fromText(text: string, state: State): ProposedAnswer {
  const json = /^(?:```(?:json)?\s*)?(\{[\s\S]*\})(?:\s*```)?$/.exec(text.trim())?.[1];
  if (json) {
    try {
      const answer = fromArguments(JSON.parse(json) as Record<string, unknown>, state);
      if (answer) return answer;
    } catch {
      // Braces that are no JSON: prose.
    }
  }
  return build(text.trim(), false, [], state);
}

function build(text: string, abstained: boolean, given: Given[], state: State): ProposedAnswer {
  const citations: Citation[] = [];
  const cite = ({ n, passage, quote }: Given): number => {
    const taken = new Set(citations.map((c) => c.n));
    let number = n !== undefined && !taken.has(n) ? n : 1;
    while (taken.has(number)) number++;
    citations.push({
      n: number,
      document: documentOf(passage, state),
      passage,
      quote: quote ?? opening(passage, state),
    });
    return number;
  };
  given.forEach(cite);
  const numbered = text.replace(PASSAGE_MARKS, (_, list: string) =>
    list
      .split(/\s*[,;]\s*/)
      .map((passage) => `[${citations.find((c) => c.passage === passage)?.n ?? cite({ passage })}]`)
      .join(""),
  );
  const unmarked = marksOf(numbered).size === 0 && !abstained ? citations.map((c) => `[${c.n}]`).join("") : "";
  return { answer: unmarked ? `${numbered} ${unmarked}` : numbered, abstained, citations };
}

const PASSAGE_MARKS = /\[([^[\]\s,;]+#\d+-\d+(?:\s*[,;]\s*[^[\]\s,;]+#\d+-\d+)*)\]/g;

function readCitations(raw: unknown): Given[] {
  let list = raw;
  if (typeof raw === "string") {
    try {
      list = JSON.parse(raw);
    } catch {
      list = raw.split(/\s*[,;]\s*/).filter(Boolean);
    }
  }
  if (!Array.isArray(list)) return [];
  return list.flatMap((item: unknown): Given[] => {
    if (typeof item === "string") return [{ passage: item }];
    const { n, passage, quote } = (item ?? {}) as Record<string, unknown>;
    if (typeof passage !== "string") return [];
    const number = Number(n);
    return [
      {
        passage,
        ...(Number.isSafeInteger(number) && number > 0 ? { n: number } : {}),
        ...(typeof quote === "string" && quote.trim() ? { quote: quote.trim() } : {}),
      },
    ];
  });
}

function documentOf(passage: string, state: State): string {
  return state.passages.get(passage)?.document ?? passage.replace(/#[^#]*$/, "");
}

/** Where a passage is named and nothing is quoted, its beginning is. */
function opening(passage: string, state: State): string {
  const text = state.passages.get(passage)?.text ?? "";
  return text.length <= 300 ? text : text.slice(0, 300).replace(/\S*$/, "").trim();
}
