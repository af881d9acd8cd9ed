/** What is to be collected: every question so many times, each time in an arm; and the key by which a rollout is bought once. */
import { createHash } from "node:crypto";
import type { PolicySettings } from "../../../host/index.ts";
import type { Arm, Budget, QuestionRow } from "../../../schemas/index.ts";

/** All that changes what a rollout can come out as. The model's address is no part of it: a model may move. */
export interface Configuration {
  settings: PolicySettings;
  budget: Partial<Budget>;
  /** Probability of an injected fault per tool call. */
  faults: number;
  /** Share of rollouts that are given the masked path. */
  guided: number;
  seed: number;
  /** Live sources were asked too. */
  online: boolean;
  /** Of this program. */
  version: string;
}

export interface Cell {
  key: string;
  question: QuestionRow;
  /** From 0. */
  repeat: number;
  arm: Arm;
}

/** Every rollout that is wanted, in the order of the questions. */
export function planCells(
  questions: readonly QuestionRow[],
  perQuestion: number,
  configuration: Configuration,
): Cell[] {
  return questions.flatMap((question) => {
    const digest = digestOf(question, configuration);
    return Array.from({ length: perQuestion }, (_, repeat) => {
      const arm = armOf(question.id, repeat, configuration);
      return { key: `${question.id}/${repeat}/${arm}/${digest}`, question, repeat, arm };
    });
  });
}

/** The same for the same question, repeat and seed, however many others there are. */
function armOf(question: string, repeat: number, { seed, guided }: Pick<Configuration, "seed" | "guided">): Arm {
  const digest = createHash("sha256").update(`arm\n${seed}\n${question}\n${repeat}`).digest();
  return digest.readUInt32BE(0) / 2 ** 32 < guided ? "guided" : "exploring";
}

function digestOf({ question, answer, aliases, knowledge, proof }: QuestionRow, configuration: Configuration): string {
  const { baseUrl: _, ...policy } = configuration.settings;
  const all = [question, answer, aliases, knowledge, proof.revision, { ...configuration, settings: policy }];
  return createHash("sha256")
    .update(JSON.stringify(all.map(sorted)))
    .digest("hex")
    .slice(0, 16);
}

/** Keys in one order, so that the same settings give the same digest however they were put together. */
function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, sorted(item)] as const);
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
