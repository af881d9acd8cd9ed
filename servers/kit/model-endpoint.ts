/** The model that the operator configured for reading: any OpenAI-compatible endpoint. */

export interface ModelEndpoint {
  /** As in OPENAI_BASE_URL: up to and with `/v1`, without a slash at its end. */
  baseUrl: string;
  model: string;
  /** Headers of every request. */
  headers: Record<string, string>;
}

/** From OPENAI_BASE_URL, MEDRESEARCHER_MODEL and OPENAI_API_KEY; undefined where no endpoint or no model is named. */
export function modelEndpoint(): ModelEndpoint | undefined {
  const { OPENAI_BASE_URL: baseUrl, MEDRESEARCHER_MODEL: model, OPENAI_API_KEY: key } = process.env;
  if (!baseUrl || !model) return undefined;
  return { baseUrl: baseUrl.replace(/\/+$/, ""), model, headers: key ? { authorization: `Bearer ${key}` } : {} };
}
