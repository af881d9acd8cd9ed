/**
 * Beta draws for intervals, made once per shape: thousands of entries share few distinct Beta posteriors (3 of 5
 * patients, "frequent"), so each shape has a table of draws in random order, and an entry reads it in an order of its
 * own. Two entries of one shape are then as good as independent, and an interval costs additions instead of draws.
 */
import type { ClinicalModel } from "../model/model.ts";
import { drawBeta } from "./beta.ts";
import { mulberry32 } from "../../kit/mulberry.ts";

/** A power of two, so that every odd stride visits each draw once. */
export const DRAWS = 256;
/** A frequency of nothing would make a logarithm infinite. */
const LEAST = 1e-4;

interface Shape {
  draws: Float64Array;
  logs: Float64Array;
  /** log(1 − draw), clipped at `clip`: made when an absent finding first needs it. */
  absent?: { clip: number; logs: Float64Array };
}

export class BetaDraws {
  readonly #model: ClinicalModel;
  readonly #shapes = new Map<number, Map<number, Shape>>();

  constructor(model: ClinicalModel) {
    this.#model = model;
  }

  /** Adds weight · log(drawn frequency ÷ its mean) of the entry to each of the sums. */
  addLogRatios(entry: number, weight: number, sums: Float64Array): void {
    const { logs } = this.#shapeOf(entry);
    const mean = Math.log(this.#model.profiles.frequency[entry]!);
    const stride = strideOf(entry);
    for (let k = 0, at = entry; k < DRAWS; k++, at += stride) sums[k]! += weight * (logs[at & (DRAWS - 1)]! - mean);
  }

  /** Adds weight · log((1 − drawn frequency) ÷ (1 − its mean)), both clipped. */
  addAbsentLogRatios(entry: number, { weight, clip }: { weight: number; clip: number }, sums: Float64Array): void {
    const shape = this.#shapeOf(entry);
    if (shape.absent?.clip !== clip)
      shape.absent = { clip, logs: shape.draws.map((f) => Math.log(1 - Math.min(clip, f))) };
    const { logs } = shape.absent;
    const mean = Math.log(1 - Math.min(clip, this.#model.profiles.frequency[entry]!));
    const stride = strideOf(entry);
    for (let k = 0, at = entry; k < DRAWS; k++, at += stride) {
      sums[k]! += weight * (logs[at & (DRAWS - 1)]! - mean);
    }
  }

  #shapeOf(entry: number): Shape {
    const alpha = this.#model.profiles.alpha[entry]!;
    const beta = this.#model.profiles.beta[entry]!;
    let shapes = this.#shapes.get(alpha);
    if (!shapes) this.#shapes.set(alpha, (shapes = new Map<number, Shape>()));
    let shape = shapes.get(beta);
    if (!shape) shapes.set(beta, (shape = drawShape(alpha, beta)));
    return shape;
  }
}

/** Seeded by the shape alone: an interval does not depend on what was asked before. */
function drawShape(alpha: number, beta: number): Shape {
  const random = mulberry32(Math.round(alpha * 1e4) * 31 + Math.round(beta * 1e4));
  const draws = Float64Array.from({ length: DRAWS }, () => drawBeta(random, alpha, beta));
  return { draws, logs: draws.map((f) => Math.log(Math.max(f, LEAST))) };
}

function strideOf(entry: number): number {
  return (Math.imul(entry, 0x9e3779b1) >>> 20) | 1;
}
