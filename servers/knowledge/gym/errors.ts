/** What was once said and is not so: false statements that later work refuted, or that stand only in retracted papers. */
import type { PredicateName } from "../../../schemas/index.ts";
import type { Random } from "./random.ts";
import { PRESENT, type Fact, type World } from "./world.ts";

const REFUTED = 0.012;
const RETRACTED = 0.015;
/** Of these there is wording for "does not". */
const DISPUTABLE: readonly PredicateName[] = ["treats", "causes", "inhibits", "activates", "has_side_effect"];

export interface Errors {
  /** False; the world's facts hold the negation of each. */
  refuted: readonly Fact[];
  /** False, and nothing in the world says so but that the paper was retracted. */
  retracted: readonly Fact[];
}

export function addErrors(world: World, size: number, random: Random): Errors {
  const disputable = world.facts.filter((fact) => !fact.negated && DISPUTABLE.includes(fact.predicate));
  const refuted: Fact[] = [];
  const retracted: Fact[] = [];
  for (let n = 0; n < Math.ceil(REFUTED * size); n++) {
    const error = errorLike(world, random.pick(disputable), random);
    if (!error || error.year > PRESENT - 3) continue;
    const year = random.between(error.year + 2, PRESENT);
    if (world.addFact({ ...error, negated: true, year })) refuted.push(error);
  }
  for (let n = 0; n < Math.ceil(RETRACTED * size); n++) {
    const error = errorLike(world, random.pick(disputable), random);
    if (error) retracted.push(error);
  }
  return { refuted, retracted };
}

/** The fact with another object of the same kind, to which the subject has no relation. */
function errorLike(world: World, fact: Fact, random: Random): Fact | undefined {
  const others = world.of(world.entities[fact.object]!.category as never);
  const object = random.pick(others);
  if (world.areRelated(fact.subject, object)) return undefined;
  const described = world.entities[object]!.attributes?.["described"];
  const year = Math.max(fact.year, typeof described === "number" ? described : 0);
  return { subject: fact.subject, predicate: fact.predicate, object, year };
}
