/** The five tools of the server, in the order in which a case uses them. */
import { addEvidence } from "./add-evidence.ts";
import { explainDiagnosis } from "./explain-diagnosis.ts";
import { identifyFindings } from "./identify-findings.ts";
import { rankDiagnoses } from "./rank-diagnoses.ts";
import { suggestNextFindings } from "./suggest-next-findings.ts";

export const TOOLS = [identifyFindings, rankDiagnoses, addEvidence, suggestNextFindings, explainDiagnosis];
