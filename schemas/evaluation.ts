/** Evaluation: tasks of a benchmark, and one record per attempted cell. */
import { z } from "zod";
import { Termination, Usage } from "./events.ts";

export const Task = z.object({
  id: z.string(),
  question: z.string(),
  gold: z.string(),
  aliases: z.array(z.string()).default([]),
  /** Level, specialty, task name: what results are broken down by. */
  group: z.string().default(""),
  /** Cluster for the bootstrap: tasks that share an ingredient, a seed. */
  cluster: z.string().optional(),
});
export type Task = z.infer<typeof Task>;

/** verdict · error: the run or the machine failed · unscored: the judge gave no usable verdict. The denominator counts all three. */
export const CellOutcome = z.enum(["verdict", "error", "unscored"]);

/** `key` = digest of data set, task, repeat, configuration, prompt and tool versions: a cell is bought once. */
export const CellRecord = z.object({
  key: z.string(),
  benchmark: z.string(),
  task: z.string(),
  repeat: z.number().int(),
  group: z.string(),
  outcome: CellOutcome,
  correct: z.boolean(),
  /** Never the text of a gated or encrypted task. */
  reason: z.string(),
  answer: z.string().optional(),
  session: z.string().optional(),
  termination: Termination.optional(),
  usage: Usage.optional(),
  /** US dollars that the judge took, where known. */
  judgeCost: z.number().optional(),
  scorer: z.string(),
});
export type CellRecord = z.infer<typeof CellRecord>;
