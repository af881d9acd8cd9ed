/** Training rows out of recorded trajectories. */
import { QuestionRow, TrajectoryRow } from "../../schemas/index.ts";
import { readRows } from "../jsonl.ts";
import { rlRow } from "./rl.ts";
import type { RlConfiguration } from "./rl.ts";
import { sftRow } from "./sft.ts";
import type { SftConfiguration } from "./sft.ts";
import { splitOf } from "./split.ts";
import type { Shares } from "./split.ts";
import { DatasetWriter, inputEntry } from "./write.ts";

export type { RlConfiguration } from "./rl.ts";
export type { SftConfiguration } from "./sft.ts";

export interface DatasetInput {
  trajectories: string;
  questions: string;
  out: string;
  /** Folder under which the sessions lie. */
  home: string;
  version: string;
}

/** Writes the dataset and returns its manifest. @throws BadRows where an input file is not what it should be */
export function buildSft(input: DatasetInput, configuration: SftConfiguration): Record<string, unknown> {
  const { trajectories, questions } = read(input);
  const writer = new DatasetWriter(input.out);
  const known = new Set<string>();
  const splits = new Tally();
  const specialties = new Tally();
  const arms = new Tally();
  for (const trajectory of trajectories) {
    const made = sftRow(trajectory, questions.get(trajectory.question), input.home, configuration, known);
    if ("reason" in made) {
      const { key, question, session } = trajectory;
      writer.reject({ key, question, session, ...made });
      continue;
    }
    writer.accept(made.split, made);
    splits.add(made.split);
    specialties.add(made.specialty);
    arms.add(made.provenance.arm);
  }
  const tallies = { splits: splits.counts, specialties: specialties.counts, arms: arms.counts };
  return writer.finish({ kind: "sft", ...about(input, configuration), ...tallies });
}

export function buildRl(
  input: DatasetInput,
  configuration: RlConfiguration & Shares & { seed: number },
): Record<string, unknown> {
  const { trajectories, questions } = read(input);
  const writer = new DatasetWriter(input.out);
  const rollouts = Map.groupBy(trajectories, (row) => row.question);
  for (const question of [...questions.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    const made = rlRow(question, rollouts.get(question.id) ?? [], configuration);
    if ("reason" in made) writer.reject({ question: question.id, ...made });
    else writer.accept(splitOf(configuration.seed, question.proof.seed, configuration), made);
  }
  return writer.finish({ kind: "rl", ...about(input, configuration) });
}

/** The order of the input files decides nothing. */
function read({ trajectories, questions }: DatasetInput) {
  return {
    trajectories: readRows(trajectories, TrajectoryRow).toSorted((a, b) => (a.key < b.key ? -1 : 1)),
    questions: new Map(readRows(questions, QuestionRow).map((row) => [row.id, row])),
  };
}

function about({ trajectories, questions, version }: DatasetInput, configuration: object) {
  return {
    madeBy: version,
    configuration,
    inputs: { trajectories: inputEntry(trajectories), questions: inputEntry(questions) },
  };
}

class Tally {
  readonly #counts = new Map<string, number>();

  add(key: string): void {
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  get counts(): Record<string, number> {
    return Object.fromEntries([...this.#counts].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  }
}
