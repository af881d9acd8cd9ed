/** Trials before the approvals that they led to, and guidelines after them. */
import type { Companies } from "./companies.ts";
import { DEVELOPMENT } from "./pharmacology.ts";
import { commonCount, type Population } from "./population.ts";
import type { Random } from "./random.ts";
import { PRESENT, type Fact, type Ref, type World } from "./world.ts";

export function addResearch(world: World, people: Population, companies: Companies, random: Random): void {
  const treated = Map.groupBy(
    world.facts.filter((fact) => fact.predicate === "treats"),
    (fact) => fact.subject,
  );
  const developers = new Map(
    world.facts.flatMap((fact) => (fact.predicate === "developed_by" ? [[fact.subject, fact.object] as const] : [])),
  );
  const byApproval = people.drugs.toSorted((a, b) => world.number(a, "approved") - world.number(b, "approved"));
  const order = random.order(people.drugs.length).map((place) => people.drugs[place]!);
  const common = people.diseases[commonCount(people.diseases.length)]!;
  people.trials.forEach((trial, i) => {
    const drug = order[i % order.length]!;
    const condition = random.pick(treated.get(drug)!).object;
    const approved = world.number(drug, "approved");
    // A disease that was described while its drug was being developed is studied from then on.
    const year = Math.max(approved - random.between(1, DEVELOPMENT - 1), world.number(condition, "described"));
    const enrolment = condition < common ? random.between(40, 500) * 10 : random.between(18, 180);
    const phase = year === approved - 1 || random.chance(0.6) ? 3 : 2;
    Object.assign(world.entities[trial]!.attributes!, { published: year, phase, enrolment });
    world.addFact({ subject: trial, predicate: "studies_intervention", object: drug, year });
    world.addFact({ subject: trial, predicate: "studies_condition", object: condition, year });
    const older = countUntil(byApproval, year, world);
    if (older > 0 && random.chance(0.6)) {
      world.addFact({ subject: trial, predicate: "has_comparator", object: byApproval[random.below(older)]!, year });
    }
    if (random.chance(0.7)) {
      const sponsor = developers.get(drug) ?? companies.activeIn(year, year);
      world.addFact({ subject: trial, predicate: "sponsored_by", object: sponsor, year });
    }
  });
  employIdle(world, people, companies, random);
  addGuidelines(world, people, [...treated.values()].flat(), random);
}

/** A company that nothing is known of yet funds a trial of its time. */
function employIdle(world: World, people: Population, companies: Companies, random: Random): void {
  const busy = new Set(world.facts.flatMap((fact) => [fact.subject, fact.object]));
  for (const company of people.companies) {
    if (busy.has(company)) continue;
    for (let tries = 0; tries < 40; tries++) {
      const subject = random.pick(people.trials);
      const year = world.number(subject, "published");
      if (!companies.isActive(company, year, year)) continue;
      world.addFact({ subject, predicate: "sponsored_by", object: company, year });
      break;
    }
  }
}

/** How many of the drugs, oldest first, were approved in the year or before. */
function countUntil(drugs: readonly Ref[], year: number, world: World): number {
  let [from, to] = [0, drugs.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (world.number(drugs[middle]!, "approved") <= year) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** A guideline is about a disease that some drug treats and recommends one or more such drugs, or their class. */
function addGuidelines(world: World, people: Population, treatments: readonly Fact[], random: Random): void {
  const drugsFor = Map.groupBy(treatments, (fact) => fact.object);
  const diseases = [...drugsFor.keys()];
  const classOf = new Map(people.drugs.map((drug, i) => [drug, people.classes[people.classOf[i]!]!]));
  for (const [i, guideline] of people.guidelines.entries()) {
    const disease = random.pick(diseases);
    const drugs = drugsFor
      .get(disease)!
      .map((fact) => fact.subject)
      .slice(0, 3);
    const latest = Math.max(...drugs.map((drug) => world.number(drug, "approved")));
    const year = random.between(Math.max(1975, latest), PRESENT);
    world.entities[guideline]!.attributes!["published"] = year;
    world.addFact({ subject: guideline, predicate: "covers_condition", object: disease, year });
    for (const drug of drugs.slice(0, random.between(1, 3))) {
      const object = random.chance(0.15) ? classOf.get(drug)! : drug;
      world.addFact({ subject: guideline, predicate: "recommends", object, year });
    }
    const second = random.pick(diseases);
    if (random.chance(0.2) && world.number(second, "described") <= year) {
      world.addFact({ subject: guideline, predicate: "covers_condition", object: second, year });
    }
    const object = people.societies[i] ?? random.pick(people.societies);
    world.addFact({ subject: guideline, predicate: "published_by", object, year });
  }
}
