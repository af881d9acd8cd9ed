/** What a model is told: its task, how to answer, and what to do when something was not right. One place, since it is part of every recorded request. */

import type { MaskedTriple } from "../../../schemas/index.ts";

export const SUBMIT = "submit_answer";

export const SYSTEM_PROMPT = `You are a medical researcher. You answer a question from evidence that you find with the tools, and from nothing else.

How to work
- Name the entities of the question first, then follow the relations between them hop by hop. Independent calls go together in one turn.
- Look at the result of each call. If a call failed, do what its "recovery" says or use another tool; a source that was unavailable is not a source that found nothing.
- Confirm the decisive statement in a second source where there is one.
- A retracted document is no evidence.

How to answer
- Call ${SUBMIT} with a short, direct answer. After each claim stands the mark of its citation: [1], [2].
- A citation names a passage by its id exactly as a tool returned it (such as PMID:123#40-210) and quotes words of that passage verbatim. Ids and quotes are checked; what was not returned by a tool is rejected.
- If the evidence does not carry an answer, say so with abstained: true, and say what is missing. Never guess, never answer from memory.`;

export const SUBMIT_TOOL = {
  name: SUBMIT,
  description:
    "Give the final answer, with citations to passages that tools returned in this conversation. Call it alone, when the evidence is complete or cannot be found.",
  parameters: {
    type: "object",
    properties: {
      answer: { type: "string", description: "short and direct, with marks [1] after the claims" },
      abstained: { type: "boolean", description: "true where the evidence does not carry an answer" },
      citations: {
        type: "array",
        items: {
          type: "object",
          properties: {
            n: { type: "integer" },
            passage: { type: "string", description: "a passage id from a tool's result" },
            quote: { type: "string", description: "words of that passage, verbatim" },
          },
          required: ["n", "passage", "quote"],
        },
      },
    },
    required: ["answer", "abstained", "citations"],
  },
};

export const ANSWER_NOW = `The budget of this run is used up and the tools are withdrawn. Answer now with ${SUBMIT} from what you have; abstain if it does not carry an answer.`;
export const SAY_SOMETHING = `Your last message held neither a tool call nor an answer. Call a tool, or answer with ${SUBMIT}.`;
export const TOOLS_WITHDRAWN = `not run: the tools are withdrawn; answer now with ${SUBMIT}`;
export const NOT_RUN = "not run: the budget of tool calls is used up";
export const ANSWER_ALONE = `not taken: other tools were called in the same turn; call ${SUBMIT} alone, after their results`;
export const NO_ANSWER = `not taken: "answer" is missing; send {answer, abstained, citations: [{n, passage, quote}]}`;

export function rejected(problems: readonly string[]): string {
  return `The answer was not accepted: ${problems.join("; ")}. Correct it and call ${SUBMIT} again, or abstain.`;
}

/** What a guided run is told of the way; a message of its own, which no training row takes over. */
export function guidanceNote(path: readonly MaskedTriple[]): string {
  const steps = path.map(({ subject, predicate, object }) => `${subject} —${predicate}→ ${object}`);
  return `Guidance for this run: relations of this form, with the names hidden, lead to the answer.\n${steps.join("\n")}`;
}

/** Tools as text, for models that were trained on the Hermes form and endpoints that take no \`tools\`. */
export function hermesTools(tools: readonly object[]): string {
  const list = tools.map((tool) => JSON.stringify(tool)).join("\n");
  return `

# Tools
You may call one or more functions. Their signatures:
<tools>
${list}
</tools>
For each call, write a JSON object with name and arguments within tags:
<tool_call>
{"name": "<function>", "arguments": {…}}
</tool_call>`;
}
