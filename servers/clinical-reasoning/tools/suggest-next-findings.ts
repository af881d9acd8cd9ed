import { z } from "zod";
import { SuggestFindingsResult } from "../../../schemas/index.ts";
import { defineTool, READS_LOCAL } from "../../kit/index.ts";
import { cautions, diagnose } from "../diagnose.ts";
import type { ClinicalEngine } from "../engine.ts";
import { resolveFindings } from "../resolve.ts";
import { suggest } from "../suggestions.ts";
import { patientShape } from "./patient.ts";

export const suggestNextFindings = defineTool<ClinicalEngine>()({
  name: "suggest_next_findings",
  title: "Suggest next findings",
  description:
    "Which findings to ask or examine next: those whose answer is expected to tell most between the leading diagnoses for the effort (expected information gain in bits, unanswered questions included), and how sure the differential would then be. Use after rank_diagnoses. Not for treatment.",
  input: z.object({
    ...patientShape,
    unanswered: z.array(z.string()).optional().describe("findings asked for in vain: not suggested again"),
    limit: z.int().min(1).max(20).optional(),
  }),
  output: SuggestFindingsResult,
  annotations: READS_LOCAL,
  trim: ["suggestions"],
  run({ limit = 5, unanswered = [], ...request }, { engine }) {
    const { patient, notes } = engine.patient(request);
    const view = engine.view(request.evidenceSet);
    const inVain = resolveFindings(view.model, () => engine.dictionary, unanswered);
    if (inVain.unknown.length > 0) notes.push(`unanswered, but not known: ${inVain.unknown.join("; ").slice(0, 200)}`);
    const { suggestions, now } = suggest(engine, view, patient, limit, [...inVain.present, ...inVain.denied]);
    const outcome = suggestions.length > 0 ? ("found" as const) : ("empty" as const);
    return {
      suggestions,
      now,
      outcomes: [{ source: "clinical-model", outcome }],
      notes: [...notes, ...cautions(view, patient, diagnose(engine, view, patient, 1))],
    };
  },
});
