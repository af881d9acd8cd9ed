/** Drugs: what they treat and when they came, how they work, what they harm, who made them. */
import type { PredicateName } from "../../../schemas/index.ts";
import type { Companies } from "./companies.ts";
import { FOUNDERS, type Population } from "./population.ts";
import type { Random } from "./random.ts";
import { PRESENT, type Ref, type World } from "./world.ts";

const MECHANISMS: readonly PredicateName[] = ["inhibits", "inhibits", "antagonizes", "activates", "replaces"];

/** Years that development takes; whoever developed a drug was there all the while. */
export const DEVELOPMENT = 6;

export function addPharmacology(world: World, people: Population, companies: Companies, random: Random): void {
  const mechanisms = people.classes.map(() => random.pick(MECHANISMS));
  const targets = random.order(people.proteins.length);
  people.drugs.forEach((drug, place) => {
    const year = addIndications(world, people, drug, random);
    const classPlace = people.classOf[place]!;
    const mechanism = mechanisms[classPlace]!;
    const target = place < targets.length ? targets[place]! : random.skewed(people.proteins.length);
    world.addFact({ subject: drug, predicate: mechanism, object: people.proteins[target]!, year });
    if (place < FOUNDERS * people.classes.length || random.chance(0.85)) {
      world.addFact({ subject: drug, predicate: "subclass_of", object: people.classes[classPlace]!, year });
    }
    addMakers(world, companies, drug, year, random);
    addHarms(world, people, drug, year, random);
  });
  addPairs(world, people.drugs, random);
}

/** @returns the year of approval: after the description of every disease that it treats */
function addIndications(world: World, { diseases }: Population, drug: Ref, random: Random): number {
  const first = random.chance(0.35) ? diseases[random.skewed(diseases.length)]! : random.pick(diseases);
  const described = world.number(first, "described");
  const year = random.between(Math.max(1964, described + 10), PRESENT - 1);
  world.entities[drug]!.attributes!["approved"] = year;
  world.addFact({ subject: drug, predicate: "treats", object: first, year });
  if (random.chance(0.3)) {
    const second = random.pick(diseases);
    if (world.number(second, "described") + 3 <= year) {
      world.addFact({ subject: drug, predicate: "treats", object: second, year });
    }
  }
  return year;
}

/** Whoever developed it sells it, too, unless someone else is said to: an heir, or a partner. */
function addMakers(world: World, companies: Companies, drug: Ref, year: number, random: Random): void {
  const developer = companies.activeIn(year - DEVELOPMENT, year);
  const heir = companies.heirOf(developer);
  const developed = random.chance(0.75);
  if (developed) world.addFact({ subject: drug, predicate: "developed_by", object: developer, year });
  if (heir && random.chance(0.7)) {
    world.addFact({ subject: drug, predicate: "manufactured_by", object: heir.heir, year: Math.max(year, heir.year) });
  } else if (!developed || random.chance(0.15)) {
    world.addFact({ subject: drug, predicate: "manufactured_by", object: companies.activeIn(year, PRESENT), year });
  }
}

function addHarms(world: World, people: Population, drug: Ref, year: number, random: Random): void {
  const effects = random.chance(0.6) ? random.between(1, 2) : 0;
  for (let n = 0; n < effects; n++) {
    const object = people.findings[random.skewed(people.findings.length)]!;
    world.addFact({ subject: drug, predicate: "has_side_effect", object, year });
  }
  if (random.chance(0.25)) {
    const object = random.pick(people.diseases);
    if (world.number(object, "described") <= year) {
      world.addFact({ subject: drug, predicate: "contraindicated_in", object, year });
    }
  }
}

/** Combinations, metabolites and interactions: the later drug's approval is when each is known. */
function addPairs(world: World, drugs: readonly Ref[], random: Random): void {
  for (const drug of drugs) {
    const approved = world.number(drug, "approved");
    const other = random.pick(drugs);
    const otherApproved = world.number(other, "approved");
    const roll = random.unit();
    if (roll < 0.05 && otherApproved <= approved) {
      world.addFact({ subject: drug, predicate: "has_active_ingredient", object: other, year: approved });
    } else if (roll >= 0.05 && roll < 0.1 && approved <= otherApproved) {
      world.addFact({ subject: drug, predicate: "has_metabolite", object: other, year: otherApproved });
    } else if (roll >= 0.1 && roll < 0.3) {
      const year = Math.max(approved, otherApproved);
      world.addFact({ subject: drug, predicate: "interacts_with", object: other, year });
    }
  }
}
