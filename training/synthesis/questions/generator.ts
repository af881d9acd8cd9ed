/** The stream of questions: the specialty with the fewest so far comes next, its seeds in turn; nothing twice. */
import { SPECIALTIES, type QuestionRow, type Rejection, type Specialty } from "../../../schemas/index.ts";
import { mixed, Random } from "../chains/random.ts";
import { rareSeeds } from "../chains/seeds.ts";
import { attempt, type AttemptOptions } from "./attempt.ts";
import type { World } from "./world.ts";

/** Where a specialty stands: its next attempt, and how many came to nothing in a row. */
export interface Turn {
  next: number;
  dry: number;
}

/** All that the next question depends on, beside the rows so far. */
export interface Position {
  turns: Partial<Record<Specialty, Turn>>;
  attempts: number;
  /** Attempts whose chain was proven longest. */
  optimal: number;
  rejections: Partial<Record<Rejection["reason"], number>>;
}

export interface GeneratorOptions extends AttemptOptions {
  seed: number;
}

export class Generator {
  readonly position: Position;
  readonly #world: World;
  readonly #options: GeneratorOptions;
  readonly #seeds: Map<Specialty, number[]>;
  readonly #ids = new Set<string>();
  readonly #questions = new Set<string>();
  readonly #counts = new Map<Specialty, number>();

  /** @param position where an earlier run stopped; its rows are then told by `remember` */
  constructor(world: World, options: GeneratorOptions, position?: Position) {
    this.#world = world;
    this.#options = options;
    this.#seeds = rareSeeds(world.graph, options.seed);
    this.position = position ?? { turns: {}, attempts: 0, optimal: 0, rejections: {} };
  }

  /** Specialties that the knowledge has diseases of. */
  get specialties(): Specialty[] {
    return [...this.#seeds.keys()];
  }

  remember({ id, question, specialty }: QuestionRow): void {
    this.#ids.add(id);
    this.#questions.add(question);
    this.#counts.set(specialty, (this.#counts.get(specialty) ?? 0) + 1);
  }

  /** The outcome of one more attempt, or undefined when every specialty is exhausted. */
  next(): QuestionRow | Rejection | undefined {
    const specialty = this.#nextSpecialty();
    if (!specialty) return undefined;
    const { position } = this;
    const seeds = this.#seeds.get(specialty)!;
    const turn = (position.turns[specialty] ??= { next: 0, dry: 0 });
    const seed = seeds[turn.next % seeds.length]!;
    const random = new Random(mixed(this.#options.seed, this.#world.graph.ids[seed]!, turn.next));
    turn.next++;
    position.attempts++;
    const { row, rejection, optimal } = attempt(this.#world, seed, specialty, this.#options, random);
    if (optimal) position.optimal++;
    if (row && !this.#ids.has(row.id) && !this.#questions.has(row.question)) {
      turn.dry = 0;
      this.remember(row);
      return row;
    }
    turn.dry++;
    const rejected: Rejection = rejection ?? {
      seed: this.#world.graph.ids[seed]!,
      reason: "duplicate",
      detail: `the same as question ${row!.id}, or worded the same`,
    };
    position.rejections[rejected.reason] = (position.rejections[rejected.reason] ?? 0) + 1;
    return rejected;
  }

  #nextSpecialty(): Specialty | undefined {
    let best: Specialty | undefined;
    for (const specialty of SPECIALTIES) {
      const seeds = this.#seeds.get(specialty);
      if (!seeds || (this.position.turns[specialty]?.dry ?? 0) >= patience(seeds.length)) continue;
      if (best === undefined || this.#count(specialty) < this.#count(best)) best = specialty;
    }
    return best;
  }

  #count(specialty: Specialty): number {
    return this.#counts.get(specialty) ?? 0;
  }
}

/** Fruitless attempts in a row after which a specialty with so many seeds is exhausted. */
function patience(seeds: number): number {
  return Math.min(1000, Math.max(100, 3 * seeds));
}
