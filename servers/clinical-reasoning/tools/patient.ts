/** The arguments that describe a patient, the same in every tool. */
import { z } from "zod";

export const patientShape = {
  observed: z.array(z.string()).describe("findings the patient has: HPO ids or names"),
  excluded: z.array(z.string()).optional().describe("findings looked for and absent"),
  age: z.string().optional().describe("P4Y, 4 years"),
  sex: z.string().optional().describe("male, female"),
  evidenceSet: z.string().optional().describe("from add_evidence"),
};
