/** The live sources, the providers of web search and the embedder, each asked a real question through its own client. */
import type { HttpClient, HttpError } from "../../kit/http/index.ts";
import { ToolError } from "../../kit/failure.ts";
import { isOffline } from "../../kit/offline.ts";
import type { Probe } from "../../medical-retriever/probes.ts";
import type { ProviderProbe } from "../../web-search/probes.ts";
import { ANSWER_MS, away, failed, messageOf, ok, problem, since, type Finding } from "./finding.ts";

/** NCBI's services are asked one after the other, at its pace. */
const PATIENCE_MS = 2 * ANSWER_MS;

export async function checkSources(http: HttpClient): Promise<Finding[]> {
  const { SOURCE_PROBES } = await import("../../medical-retriever/probes.ts");
  return Promise.all(SOURCE_PROBES.map((probe) => checkSource(probe, http)));
}

async function checkSource(probe: Probe, http: HttpClient): Promise<Finding> {
  const { name, variable } = probe;
  const started = performance.now();
  try {
    const said = await probe.ask({ http, signal: AbortSignal.timeout(2 * PATIENCE_MS), deadlineMs: PATIENCE_MS });
    return ok(name, `${said} (${since(started)})`);
  } catch (error) {
    if (refused(error)) return failed(name, error);
    // What did answer, but not as it should, concerns everyone; what is away may be meant so.
    if (!(error instanceof ToolError)) {
      return problem(name, messageOf(error), "look for a newer version of medresearcher, or report it with this line");
    }
    if (process.env[variable]) return problem(name, error.message, `start the server, or correct or unset ${variable}`);
    return away(name, error);
  }
}

/** A key or a question that the source does not take. */
function refused(error: unknown): boolean {
  if (!(error instanceof ToolError)) return false;
  const { status } = error as HttpError;
  return error.reason === "refused" || status === 400 || status === 401 || status === 403;
}

/** Empty where no embedder is configured: words alone are a good index, too. */
export async function checkEmbedder(): Promise<Finding[]> {
  const started = performance.now();
  try {
    const { askEmbedder } = await import("../../medical-retriever/probes.ts");
    const said = await askEmbedder(AbortSignal.timeout(PATIENCE_MS));
    return said ? [ok("embedder", `${said} (${since(started)})`)] : [];
  } catch (error) {
    if (error instanceof ToolError) return [failed("embedder", error)];
    return [problem("embedder", messageOf(error), "correct or unset MEDRESEARCHER_EMBEDDER")];
  }
}

/** Those that are set up; a server of the operator's own is asked without a network, too. */
export async function checkProviders(http: HttpClient): Promise<Finding[]> {
  const { providerProbes } = await import("../../web-search/probes.ts");
  try {
    const probes = providerProbes().filter(({ name }) => !isOffline() || name === "searxng");
    return await Promise.all(probes.map((probe) => checkProvider(probe, http)));
  } catch (error) {
    return [failed("web search", error)];
  }
}

async function checkProvider(probe: ProviderProbe, http: HttpClient): Promise<Finding> {
  const started = performance.now();
  try {
    const said = await probe.ask({ http, signal: AbortSignal.timeout(2 * ANSWER_MS), deadlineMs: ANSWER_MS });
    return ok(probe.name, `${said} (${since(started)})`);
  } catch (error) {
    return probe.isOwn ? failed(probe.name, error) : away(probe.name, error);
  }
}
