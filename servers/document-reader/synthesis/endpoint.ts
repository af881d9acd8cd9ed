/** The model that reads documents towards a goal, where one is configured; one question to it. */
import { z } from "zod";
import { httpClient, type HttpClient } from "../../kit/http/index.ts";

export interface ReadingModel {
  /** As in OPENAI_BASE_URL: up to and with `/v1`. */
  baseUrl: string;
  model: string;
  apiKey?: string | undefined;
}

const DEADLINE_MS = 60_000;
const Reply = z.object({ choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1) });

let client: HttpClient | undefined;

/** OPENAI_BASE_URL with MEDRESEARCHER_READING_MODEL, else MEDRESEARCHER_MODEL; undefined where the environment names none. */
export function configuredModel(): ReadingModel | undefined {
  const {
    OPENAI_BASE_URL: baseUrl,
    OPENAI_API_KEY: apiKey,
    MEDRESEARCHER_READING_MODEL,
    MEDRESEARCHER_MODEL,
  } = process.env;
  const model = MEDRESEARCHER_READING_MODEL || MEDRESEARCHER_MODEL;
  return baseUrl && model ? { baseUrl, model, apiKey } : undefined;
}

/** @throws ToolError, ZodError or SyntaxError where the model cannot be asked or gives no answer */
export async function askModel(
  { baseUrl, model, apiKey }: ReadingModel,
  messages: { role: "system" | "user"; content: string }[],
  signal: AbortSignal,
): Promise<string> {
  client ??= httpClient({ cacheFile: false });
  const { text } = await client.fetchText(`${baseUrl.replace(/\/$/u, "")}/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(apiKey ? { authorization: `Bearer ${apiKey}` } : {}) },
    body: JSON.stringify({ model, temperature: 0, messages }),
    signal,
    deadlineMs: DEADLINE_MS,
  });
  return Reply.parse(JSON.parse(text)).choices[0]!.message.content;
}
