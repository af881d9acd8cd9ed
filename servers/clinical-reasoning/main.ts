/** The clinical-reasoning server: five tools over the clinical model of one knowledge folder. */
import { defineServer } from "../kit/index.ts";
import { openKnowledge } from "../knowledge/index.ts";
import { ClinicalEngine } from "./engine.ts";
import { TOOLS } from "./tools/index.ts";

export const clinicalReasoning = defineServer({
  name: "clinical-reasoning",
  title: "Clinical reasoning",
  instructions:
    "From a patient's description to a ranked differential. identify_findings on the description, rank_diagnoses on its findings (denied ones as excluded), suggest_next_findings for what to ask, add_evidence for what retrieved documents say, explain_diagnosis for an account. Every number has a source; none is a diagnosis.",
  tools: TOOLS,
  open: ({ knowledge }) => new ClinicalEngine(openKnowledge(knowledge)),
});
