import { z } from "zod";
import { FindingsResult } from "../../../schemas/index.ts";
import { defineTool, invalidArguments, READS_LOCAL } from "../../kit/index.ts";
import type { ClinicalEngine } from "../engine.ts";
import { identifyFindings as identify, type Identified } from "../text/findings.ts";
import { configuredEndpoint, refineFindings } from "../text/refine.ts";

export const identifyFindings = defineTool<ClinicalEngine>()({
  name: "identify_findings",
  title: "Identify findings",
  description:
    "Reads a patient description and returns its findings as HPO terms with their place in the text, whether they are denied (negated), uncertain, said of a relative (family) or only implied by a more specific one (general), side and amount, and the patient's age and sex. First step before rank_diagnoses. Not for names of diseases, drugs or genes.",
  input: z.object({ text: z.string() }),
  output: FindingsResult,
  annotations: READS_LOCAL,
  trim: ["findings"],
  async run({ text }, { engine, signal }) {
    if (!text.trim()) throw invalidArguments("the text is empty", "send the description of the patient");
    const found = identify(engine.model, engine.dictionary, text);
    const refined = await refine(engine, text, found, signal);
    const findings = refined?.findings ?? found.findings;
    const outcome = findings.length > 0 ? ("found" as const) : ("empty" as const);
    const outcomes = [{ source: "clinical-model", outcome }, ...(refined ? [refined.outcome] : [])];
    return { ...found, findings, outcomes };
  },
});

/** What the configured language model adds; what the dictionary found stands whatever becomes of that. */
async function refine(engine: ClinicalEngine, text: string, { findings }: Identified, signal: AbortSignal) {
  const endpoint = configuredEndpoint();
  if (!endpoint) return undefined;
  const source = `model ${endpoint.model}`;
  try {
    const refined = await refineFindings(engine.model, engine.dictionary, text, findings, endpoint, signal);
    const added = refined.findings.length - findings.length;
    const message = `${added} added, ${refined.refused} refused: no such term, or words that are not in the text`;
    return {
      findings: refined.findings,
      outcome: { source, outcome: added > 0 ? ("found" as const) : ("empty" as const), message },
    };
  } catch (error) {
    signal.throwIfAborted();
    const message = `not asked with success, its findings are missing: ${(error as Error).message.slice(0, 300)}`;
    return { findings: [...findings], outcome: { source, outcome: "unavailable" as const, message } };
  }
}
