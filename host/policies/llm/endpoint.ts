/** One completion from an OpenAI-compatible endpoint, streamed and put together; busy or broken endpoints are tried again a few times. */
import OpenAI from "openai";
import type { ModelReply } from "../../policy.ts";
import type { Message } from "./transcript.ts";
import type { ModelTool } from "./tools.ts";

export interface CompletionRequest {
  model: string;
  messages: Message[];
  /** Absent where the tools stand in the prompt. */
  tools?: readonly ModelTool[];
  temperature?: number;
}

export type Complete = (request: CompletionRequest, signal: AbortSignal) => Promise<ModelReply>;

export interface EndpointOptions {
  baseUrl?: string;
  apiKey?: string;
  /** US dollars per million tokens, in and out. */
  prices?: [number, number];
  /** Milliseconds before each further attempt where the endpoint is busy (429), fails (5xx), cannot be reached, or cuts its answer; a Retry-After goes before. */
  pauses?: readonly number[];
}

const PAUSES = [500, 1500, 4000];

/** The error says which endpoint and what it said; it is one of infrastructure. */
export function endpoint({ baseUrl, apiKey, prices, pauses = PAUSES }: EndpointOptions): Complete {
  const client = new OpenAI({
    apiKey: apiKey ?? process.env["OPENAI_API_KEY"] ?? "none",
    ...(baseUrl ? { baseURL: baseUrl } : {}),
    // One place decides about repeating: here, since a stream can break after the client has handed it over.
    maxRetries: 0,
    logLevel: "off",
  });
  return async (request, signal) => {
    for (let attempt = 0; ; attempt++) {
      try {
        return priced(await complete(client, request, signal), request, prices);
      } catch (error) {
        signal.throwIfAborted();
        if (attempt >= pauses.length || !isPassing(error))
          throw new Error(describe(error, client.baseURL), { cause: error });
        await pause(retryAfter(error) ?? pauses[attempt]!, signal);
      }
    }
  };
}

interface Completion {
  message: Record<string, unknown>;
  finishReason?: string;
  usage?: { prompt_tokens?: number; completion_tokens?: number; cost?: unknown };
}

/** The stream ended before the message did, or was none. */
class BrokenStream extends Error {
  override readonly name = "BrokenStream";
}

interface Delta {
  content?: string | null;
  reasoning_content?: string | null;
  reasoning?: string | null;
  refusal?: string | null;
  tool_calls?: { index?: number; id?: string; function?: { name?: string; arguments?: string } }[];
}

async function complete(client: OpenAI, request: CompletionRequest, signal: AbortSignal): Promise<Completion> {
  const { model, messages, tools, temperature } = request;
  const stream = await client.chat.completions.create(
    {
      model,
      messages: messages as unknown as OpenAI.ChatCompletionMessageParam[],
      stream: true,
      stream_options: { include_usage: true },
      ...(tools ? { tools: tools.map((tool) => ({ type: "function" as const, function: { ...tool } })) } : {}),
      ...(temperature === undefined ? {} : { temperature }),
    },
    { signal },
  );
  const message: Record<string, unknown> = { role: "assistant", content: null };
  let finishReason: string | undefined;
  let usage: Completion["usage"];
  for await (const chunk of stream) {
    if (chunk.usage) usage = chunk.usage;
    const choice = chunk.choices?.[0];
    if (choice?.delta) add(message, choice.delta);
    finishReason = choice?.finish_reason ?? finishReason;
  }
  signal.throwIfAborted();
  if (finishReason === undefined) throw new BrokenStream("its answer broke off");
  return { message, finishReason, ...(usage ? { usage } : {}) };
}

const TEXTS = ["content", "reasoning_content", "reasoning", "refusal"] as const;
type Call = { id: string; type: "function"; function: { name: string; arguments: string } };

function add(message: Record<string, unknown>, delta: Delta): void {
  for (const key of TEXTS) {
    const text = delta[key];
    if (typeof text === "string" && text !== "")
      message[key] = `${(message[key] as string | null | undefined) ?? ""}${text}`;
  }
  for (const part of delta.tool_calls ?? []) {
    const calls = (message["tool_calls"] ??= []) as Call[];
    // Some endpoints leave the index out and send each call whole.
    const known = part.index ?? calls.findIndex((call) => call.id === part.id);
    const index = known < 0 ? calls.length : known;
    const call = (calls[index] ??= { id: "", type: "function", function: { name: "", arguments: "" } });
    if (part.id) call.id = part.id;
    call.function.name += part.function?.name ?? "";
    call.function.arguments += part.function?.arguments ?? "";
  }
}

function priced(
  { message, finishReason, usage }: Completion,
  request: CompletionRequest,
  prices?: [number, number],
): ModelReply {
  nameCalls(message);
  // An endpoint that counts nothing is counted here, roughly: a ceiling that never rises is none.
  const promptTokens = usage?.prompt_tokens ?? roughTokens([request.messages, request.tools]);
  const completionTokens = usage?.completion_tokens ?? roughTokens(message);
  const told = typeof usage?.cost === "number" ? usage.cost : undefined;
  const cost = told ?? (prices && (promptTokens * prices[0] + completionTokens * prices[1]) / 1e6);
  return {
    message,
    ...(finishReason === undefined ? {} : { finishReason }),
    promptTokens,
    completionTokens,
    ...(cost === undefined ? {} : { cost }),
  };
}

/** Each call gets an id that a result can name, and none is left out of the list. */
function nameCalls(message: Record<string, unknown>): void {
  const calls = message["tool_calls"] as (Call | undefined)[] | undefined;
  if (!calls) return;
  message["tool_calls"] = calls
    .filter((call) => call !== undefined)
    .map((call, i) => ({ ...call, id: call.id || `call_${i + 1}` }));
}

function roughTokens(value: unknown): number {
  return Math.ceil(JSON.stringify(value).length / 4);
}

function isPassing(error: unknown): boolean {
  if (error instanceof BrokenStream || error instanceof SyntaxError) return true;
  if (error instanceof OpenAI.APIConnectionError) return true;
  if (error instanceof OpenAI.APIError) {
    const { status } = error;
    return status === undefined || status === 408 || status === 409 || status === 429 || status >= 500;
  }
  // A socket that closes in the middle of a stream.
  return error instanceof TypeError && /terminated|fetch|network/i.test(error.message);
}

function retryAfter(error: unknown): number | undefined {
  if (!(error instanceof OpenAI.APIError)) return undefined;
  const seconds = Number(error.headers?.get("retry-after") ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds, 60) * 1000 : undefined;
}

function describe(error: unknown, at: string): string {
  const said = error instanceof Error ? error.message : String(error);
  const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : "";
  return `the model at ${at} gave no answer: ${`${said}${cause}`.slice(0, 500)}`;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, ms);
    signal.addEventListener("abort", stop, { once: true });
  });
}
