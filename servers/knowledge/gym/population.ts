/** Who and what there is: how many of each kind, and what each is like. */
import { SPECIALTIES } from "../../../schemas/index.ts";
import { DRUG_SUFFIXES } from "./grammar.ts";
import type { Random } from "./random.ts";
import { PRESENT, type Ref, type World } from "./world.ts";

/** Shares of the whole; diseases get what rounding leaves. */
const SHARES = {
  genes: 0.14,
  proteins: 0.12,
  findings: 0.14,
  drugs: 0.17,
  classes: 0.025,
  companies: 0.05,
  societies: 0.01,
  trials: 0.1,
  guidelines: 0.05,
} as const;
const MODES = 4;

/** Drugs that every class has at least. */
export const FOUNDERS = 2;
/** Diseases before this share of them are common; the rest are rare. */
const COMMON = 0.15;

const COUNTRIES =
  "Aldemark Borvania Cestrel Dunmoria Elvaria Farhaven Grenmark Halvetia Istora Jorland Kestria Lorvane Mardania Nortavia".split(
    " ",
  );
const CHROMOSOMES = "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 X".split(" ");
const ROUTES = ["oral", "intravenous", "subcutaneous", "inhaled", "topical", "intramuscular"];
const ONSETS = ["birth", "infancy", "childhood", "adolescence", "adulthood", "old age"];
const COMMON_PREVALENCES = ["1-5 / 1 000", "1-9 / 10 000"];
const RARE_PREVALENCES = ["1-9 / 100 000", "1-9 / 1 000 000", "<1 / 1 000 000"];

/** How many of each kind make `size` together. */
function countsOf(size: number) {
  const count = (share: number) => Math.max(2, Math.round(share * size));
  const counts = Object.fromEntries(Object.entries(SHARES).map(([kind, share]) => [kind, count(share)])) as Record<
    keyof typeof SHARES,
    number
  >;
  const others = Object.values(counts).reduce((a, b) => a + b, MODES);
  return { ...counts, modes: MODES, diseases: size - others };
}

/** What the facts are made from: places of the entities by kind, in an order that tells the common ones (first) from the rare. */
export interface Population {
  diseases: readonly Ref[];
  genes: readonly Ref[];
  proteins: readonly Ref[];
  findings: readonly Ref[];
  classes: readonly Ref[];
  drugs: readonly Ref[];
  /** For each drug the place of its class, which its name shows. */
  classOf: readonly number[];
  companies: readonly Ref[];
  societies: readonly Ref[];
  trials: readonly Ref[];
  guidelines: readonly Ref[];
  modes: readonly Ref[];
}

/** Common diseases come first. */
export function commonCount(diseases: number): number {
  return Math.ceil(COMMON * diseases);
}

/** Adds all entities. Years that hang on others (approvals, trials, guidelines, mergers) are settled with the facts. */
export function populate(world: World, size: number, random: Random): Population {
  const counts = countsOf(size);
  const diseases = repeat(counts.diseases, (i) => addDisease(world, i, counts.diseases, random));
  const genes = repeat(counts.genes, () => {
    const chromosome = random.pick(CHROMOSOMES);
    return world.addEntity("Gene", { name: world.name("gene"), attributes: { chromosome } });
  });
  const proteins = repeat(counts.proteins, () => world.addEntity("Protein", { name: world.name("protein") }));
  const findings = repeat(counts.findings, () => world.addEntity("PhenotypicFeature", { name: world.name("finding") }));
  const classes = repeat(counts.classes, () => world.addEntity("DrugClass", { name: world.name("class") }));
  // Each class has two drugs at least; most have few, some have many.
  const classOf = repeat(counts.drugs, (i) =>
    i < FOUNDERS * counts.classes ? i % counts.classes : random.skewed(counts.classes),
  );
  const suffixes = random.order(DRUG_SUFFIXES.length).map((place) => DRUG_SUFFIXES[place]!);
  const drugs = classOf.map((place) => addDrug(world, suffixes[place % suffixes.length]!, random));
  const companies = repeat(counts.companies, (i) => {
    // The first is old enough to have made anything.
    const founded = i === 0 ? 1890 : random.between(1895, 1985);
    const attributes = { kind: "company", founded, country: random.pick(COUNTRIES) };
    return world.addEntity("Organization", { name: world.name("company"), attributes });
  });
  const societies = repeat(counts.societies, () => {
    const attributes = { kind: "society", founded: random.between(1900, 1960), country: random.pick(COUNTRIES) };
    return world.addEntity("Organization", { name: world.name("society"), attributes });
  });
  const trials = repeat(counts.trials, () =>
    world.addEntity("ClinicalTrial", { name: world.name("trial"), attributes: {} }),
  );
  const guidelines = repeat(counts.guidelines, () =>
    world.addEntity("Guideline", { name: world.name("guideline"), attributes: {} }),
  );
  const modes = repeat(MODES, () => world.addEntity("InheritanceMode", { name: world.name("inheritance") }));
  return {
    diseases,
    genes,
    proteins,
    findings,
    classes,
    classOf,
    drugs,
    companies,
    societies,
    trials,
    guidelines,
    modes,
  };
}

function addDisease(world: World, place: number, count: number, random: Random): Ref {
  const common = place < commonCount(count);
  const attributes = {
    // In turn: every specialty has its share, in a small world too.
    specialty: SPECIALTIES[place % SPECIALTIES.length]!,
    prevalence: random.pick(common ? COMMON_PREVALENCES : RARE_PREVALENCES),
    described: random.between(1870, common ? 1950 : 1990),
    onset: random.pick(ONSETS),
  };
  return world.addEntity("Disease", { name: world.name(random.chance(0.3) ? "eponym" : "disease"), attributes });
}

function addDrug(world: World, suffix: string, random: Random): Ref {
  const name = world.name("drug", suffix);
  const brand = random.chance(0.35) ? { synonyms: [world.name("brand")] } : {};
  return world.addEntity("Drug", { name, ...brand, attributes: { approved: PRESENT, route: random.pick(ROUTES) } });
}

function repeat<T>(count: number, make: (place: number) => T): T[] {
  return Array.from({ length: count }, (_, place) => make(place));
}
