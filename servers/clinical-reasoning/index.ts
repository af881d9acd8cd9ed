/** Clinical reasoning: the engine as a library, its server, and the compiler of its model. */
export { diagnose, type Differential } from "./diagnose.ts";
export { ClinicalEngine, type PatientRequest } from "./engine.ts";
export { clinicalReasoning } from "./main.ts";
export { clinicalModelIsCurrent, compileClinicalModel, type CompileOptions } from "./model/store.ts";
export { differentialOfText, type TextDifferential } from "./text-differential.ts";
