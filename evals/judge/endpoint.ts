/** A judge behind any OpenAI-compatible endpoint: one question, one text back, a bounded number of tries. */
import OpenAI from "openai";

export interface JudgeSettings {
  model: string;
  /** Else OPENAI_BASE_URL, else OpenAI's own. */
  baseUrl?: string;
  /** Milliseconds before each further try where the endpoint is busy, fails or cannot be reached. */
  pauses?: readonly number[];
  /** US dollars per million tokens, in and out. */
  prices?: [number, number];
}

export interface JudgeReply {
  text: string;
  /** US dollars, where known. */
  cost: number;
}

export type AskJudge = (
  messages: { role: "system" | "user"; content: string }[],
  json: boolean,
  signal?: AbortSignal,
) => Promise<JudgeReply>;

const PAUSES = [500, 2000];

/** @throws Error whose message tells of the endpoint and nothing of the question */
export function judgeEndpoint({ model, baseUrl, pauses = PAUSES, prices }: JudgeSettings): AskJudge {
  const client = new OpenAI({
    apiKey: process.env["OPENAI_API_KEY"] ?? "none",
    ...(baseUrl ? { baseURL: baseUrl } : {}),
    maxRetries: 0,
    logLevel: "off",
  });
  return async (messages, json, signal) => {
    for (let attempt = 0; ; attempt++) {
      try {
        const reply = await client.chat.completions.create(
          { model, messages, temperature: 0, ...(json ? { response_format: { type: "json_object" as const } } : {}) },
          { ...(signal ? { signal } : {}), timeout: 120_000 },
        );
        const text = reply.choices?.[0]?.message?.content;
        if (typeof text !== "string") throw new TypeError("a reply without a message");
        const { prompt_tokens = 0, completion_tokens = 0 } = reply.usage ?? {};
        return { text, cost: prices ? (prompt_tokens * prices[0] + completion_tokens * prices[1]) / 1e6 : 0 };
      } catch (error) {
        signal?.throwIfAborted();
        if (attempt >= pauses.length || !isPassing(error))
          // oxlint-disable-next-line preserve-caught-error -- the cause may quote the prompt
          throw new Error(`the judge ${model} gave no answer (${kindOf(error)})`);
        await new Promise((resolve) => setTimeout(resolve, pauses[attempt]));
      }
    }
  };
}

function isPassing(error: unknown): boolean {
  if (!(error instanceof OpenAI.APIError)) return true;
  return error.status === undefined || error.status === 408 || error.status === 429 || error.status >= 500;
}

/** An endpoint's message may quote the prompt, so its status is told and its words are not. */
function kindOf(error: unknown): string {
  if (error instanceof OpenAI.APIError && error.status) return `status ${error.status}`;
  return error instanceof Error ? error.name : "error";
}
