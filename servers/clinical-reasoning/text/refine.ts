/**
 * A language model reads the text too, where one is configured (OPENAI_BASE_URL and MEDRESEARCHER_MODEL), and proposes what the
 * dictionary missed. Nothing is taken on trust: a term has to be known by the label that is given for it, and its quote has
 * to stand in the text word for word.
 */
import { z } from "zod";
import type { Finding } from "../../../schemas/index.ts";
import { httpClient, type HttpClient } from "../../kit/http/index.ts";
import type { ClinicalModel } from "../model/model.ts";
import type { Dictionary } from "./dictionary.ts";

export interface ModelEndpoint {
  /** As in OPENAI_BASE_URL: up to and with `/v1`. */
  baseUrl: string;
  model: string;
  apiKey?: string | undefined;
}

/** Beyond this the model is not shown more of a text. */
const MOST_TEXT = 24_000;
const DEADLINE_MS = 60_000;
const PROMPT = `You read clinical texts. Name the phenotypic findings (signs, symptoms, laboratory and imaging abnormalities) that the list of known findings lacks, as terms of the Human Phenotype Ontology. Answer with JSON alone: {"findings": [{"quote": "words copied from the text", "label": "exact HPO label", "negated": false, "family": false}]}. The quote must be copied letter by letter. negated: the text denies it. family: said of a relative. No diseases, genes or drugs. Where nothing is missing: {"findings": []}.`;

const Reply = z.object({ choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1) });
const Proposals = z.object({
  findings: z.array(
    z.object({
      quote: z.string(),
      label: z.string(),
      negated: z.boolean().optional(),
      family: z.boolean().optional(),
    }),
  ),
});

let client: HttpClient | undefined;

/** The endpoint that the environment names; undefined where it names none. */
export function configuredEndpoint(): ModelEndpoint | undefined {
  const { OPENAI_BASE_URL: baseUrl, MEDRESEARCHER_MODEL: model, OPENAI_API_KEY: apiKey } = process.env;
  return baseUrl && model ? { baseUrl, model, apiKey } : undefined;
}

/**
 * The findings with those that the model adds, in order of the text; and how many of its proposals were refused.
 * @throws ToolError or ZodError or SyntaxError where the model cannot be asked or gives no list
 */
export async function refineFindings(
  model: ClinicalModel,
  dictionary: Dictionary,
  text: string,
  findings: readonly Finding[],
  endpoint: ModelEndpoint,
  signal: AbortSignal,
): Promise<{ findings: Finding[]; refused: number }> {
  const proposals = await ask(endpoint, text.slice(0, MOST_TEXT), findings, signal);
  const added: Finding[] = [];
  for (const proposal of proposals) {
    const finding = checked(model, dictionary, text, proposal);
    if (finding && ![...findings, ...added].some((known) => isSame(known, finding))) added.push(finding);
  }
  const refused = proposals.filter((proposal) => !checked(model, dictionary, text, proposal)).length;
  return { findings: [...findings, ...added].toSorted((a, b) => a.start - b.start || b.end - a.end), refused };
}

async function ask(endpoint: ModelEndpoint, text: string, findings: readonly Finding[], signal: AbortSignal) {
  const known = findings.map(({ label, text: words }) => `${label} ("${words}")`).join("; ");
  client ??= httpClient({ cacheFile: false });
  const { text: body } = await client.fetchText(`${endpoint.baseUrl.replace(/\/$/u, "")}/chat/completions`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(endpoint.apiKey ? { authorization: `Bearer ${endpoint.apiKey}` } : {}),
    },
    body: JSON.stringify({
      model: endpoint.model,
      temperature: 0,
      messages: [
        { role: "system", content: PROMPT },
        { role: "user", content: `Known findings: ${known || "none"}\n\nText:\n${text}` },
      ],
    }),
    signal,
    deadlineMs: DEADLINE_MS,
  });
  const { content } = Reply.parse(JSON.parse(body)).choices[0]!.message;
  return Proposals.parse(JSON.parse(/\{[^]*\}/u.exec(content)?.[0] ?? content)).findings;
}

/** The proposal as a finding; undefined where its words are not in the text or its label is no finding's. */
function checked(
  model: ClinicalModel,
  dictionary: Dictionary,
  text: string,
  { quote, label, negated = false, family = false }: z.infer<typeof Proposals>["findings"][number],
): Finding | undefined {
  const start = quote.trim() ? text.indexOf(quote.trim()) : -1;
  const term = dictionary.lookup(label);
  if (start < 0 || term === undefined || model.label(term).toLowerCase() !== label.trim().toLowerCase())
    return undefined;
  const end = start + quote.trim().length;
  return {
    id: model.termId(term),
    label: model.label(term),
    start,
    end,
    negated,
    text: text.slice(start, end),
    ...(family ? { family } : {}),
    proposed: true,
  };
}

function isSame(a: Finding, b: Finding): boolean {
  return a.id === b.id && a.negated === b.negated && (a.family ?? false) === (b.family ?? false);
}
