/** Collected rollouts and the training rows made of them. */
import { z } from "zod";
import { Termination } from "./events.ts";
import { Specialty } from "./questions.ts";

/** guided: the policy was given the masked path · exploring: it was not. */
export const Arm = z.enum(["guided", "exploring"]);
export type Arm = z.infer<typeof Arm>;

/** What the paper counts of a trajectory. Medical tools: kg-explorer, medical-retriever, clinical-reasoning; all others are general. */
export const Behaviour = z.object({
  medicalFirst: z.boolean(),
  /** Medical and general tools were both used. */
  switched: z.boolean(),
  /** A call failed, broke off or came back from a source that was not well. */
  failed: z.boolean(),
  /** After a failure the same call, or another tool, gave a result. */
  recovered: z.boolean(),
});
export type Behaviour = z.infer<typeof Behaviour>;

/** A line of `synth trajectories`: one finished rollout. `key` names question, repeat, arm and configuration; a key is bought once. */
export const TrajectoryRow = z.object({
  key: z.string(),
  question: z.string(),
  session: z.string(),
  arm: Arm,
  repeat: z.number().int(),
  termination: Termination,
  correct: z.boolean(),
  cited: z.boolean(),
  toolCalls: z.number().int(),
  /** Turns in which tools were called; a turn may call several. */
  interactions: z.number().int(),
  /** Why the answer is right or wrong, in the scorer's words. */
  reason: z.string(),
  behaviour: Behaviour,
  /** Faults injected into tool calls of this rollout: kind → count. */
  faults: z.record(z.string(), z.number().int()),
  hops: z.number().int(),
  specialty: Specialty,
  /** Entity that the question was grown from. */
  seed: z.string(),
});
export type TrajectoryRow = z.infer<typeof TrajectoryRow>;

/** A chat message as training takes it: tool-call arguments are an object, never a string. */
export const TrainingMessage = z.object({
  role: z.enum(["system", "user", "assistant", "tool"]),
  content: z.string(),
  tool_calls: z
    .array(
      z.object({
        id: z.string(),
        type: z.literal("function"),
        function: z.object({ name: z.string(), arguments: z.record(z.string(), z.unknown()) }),
      }),
    )
    .optional(),
  tool_call_id: z.string().optional(),
  /** false: shown to the model, no loss on it. Only assistant messages are ever trained on. */
  train: z.boolean().optional(),
});
export type TrainingMessage = z.infer<typeof TrainingMessage>;

export const Split = z.enum(["train", "validation", "test"]);
export type Split = z.infer<typeof Split>;

export const SftRow = z.object({
  id: z.string(),
  messages: z.array(TrainingMessage),
  /** OpenAI tool definitions as the policy was given them. */
  tools: z.array(z.unknown()),
  specialty: Specialty,
  split: Split,
  provenance: z.object({ session: z.string(), question: z.string(), seed: z.string(), arm: Arm, version: z.string() }),
  /** How the tool layer was disturbed while this was collected. */
  corruption: z.record(z.string(), z.number().int()),
  meta: z.record(z.string(), z.unknown()),
});
export type SftRow = z.infer<typeof SftRow>;

export const RlRow = z.object({
  id: z.string(),
  prompt: z.array(TrainingMessage),
  answer: z.string(),
  aliases: z.array(z.string()),
  specialty: Specialty,
  hops: z.number().int(),
});
export type RlRow = z.infer<typeof RlRow>;
