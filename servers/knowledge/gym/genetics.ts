/** Diseases with their genes, proteins, findings and inheritance. */
import { commonCount, type Population } from "./population.ts";
import type { Random } from "./random.ts";
import type { Ref, World } from "./world.ts";

/** Share of findings that others are kinds of. */
const GROUPS = 0.08;
const PARENTS = 0.3;

export function addGenetics(world: World, people: Population, random: Random): void {
  addCauses(world, people, random);
  addProducts(world, people, random);
  addHierarchy(world, people, random);
  addFindings(world, people, random);
  for (const disease of people.diseases) {
    if (!random.chance(0.6)) continue;
    const object = random.pick(people.modes);
    world.addFact({ subject: disease, predicate: "has_mode_of_inheritance", object, year: known(world, disease, 20) });
  }
}

/** The year by which it is known of the disease: `after` years at least after its description, and not before 1960. */
function known(world: World, disease: Ref, after: number): number {
  return Math.max(1960, world.number(disease, "described") + after);
}

/** Every gene has a disease; most diseases have one gene, some none, a few two. */
function addCauses(world: World, { diseases, genes }: Population, random: Random): void {
  const order = random.order(diseases.length).map((place) => diseases[place]!);
  order.forEach((disease, i) => {
    if (i >= genes.length && random.chance(0.3)) return;
    const subject = i < genes.length ? genes[i]! : random.pick(genes);
    const year = Math.max(1985, known(world, disease, 30));
    world.addFact({ subject, predicate: "causes", object: disease, year });
    if (!random.chance(0.25)) return;
    const other = random.pick(genes);
    world.addFact({ subject: other, predicate: "gene_associated_with_condition", object: disease, year: year + 5 });
  });
}

/** Every protein has its gene; genes without one are tied to a second disease. */
function addProducts(world: World, { diseases, genes, proteins }: Population, random: Random): void {
  random.order(genes.length).forEach((place, i) => {
    const subject = genes[place]!;
    const protein = proteins[i];
    if (protein !== undefined) world.addFact({ subject, predicate: "has_gene_product", object: protein, year: 1985 });
    else {
      const object = random.pick(diseases);
      world.addFact({ subject, predicate: "gene_associated_with_condition", object, year: known(world, object, 40) });
    }
  });
}

function addHierarchy(world: World, { findings }: Population, random: Random): void {
  const groups = groupCount(findings.length);
  const parents = Math.max(groups, Math.round(PARENTS * findings.length));
  for (let i = groups; i < findings.length; i++) {
    const object = findings[random.below(Math.min(i, parents))]!;
    world.addFact({ subject: findings[i]!, predicate: "subclass_of", object, year: 1960 });
  }
}

function groupCount(findings: number): number {
  return Math.max(2, Math.round(GROUPS * findings));
}

/** Rare diseases show two or three findings, common ones up to nine; a few findings are seen in many diseases. */
function addFindings(world: World, { diseases, findings }: Population, random: Random): void {
  const specific = findings.slice(groupCount(findings.length));
  const common = commonCount(diseases.length);
  for (const finding of specific) addFinding(world, random.pick(diseases), finding, random);
  diseases.forEach((disease, place) => {
    const wanted = place < common ? random.between(4, 8) : random.between(1, 3);
    for (let n = 0; n < wanted; n++) {
      addFinding(world, disease, specific[random.skewed(specific.length)]!, random);
    }
    if (random.chance(0.04)) addAbsence(world, disease, random.pick(specific), random);
  });
}

function addFinding(world: World, disease: Ref, finding: Ref, random: Random): void {
  const [share, patients] = [random.between(5, 100), random.between(6, 60)];
  const seen = Math.max(1, Math.round((share * patients) / 100));
  world.addFact({
    subject: disease,
    predicate: "has_phenotype",
    object: finding,
    qualifiers: { clinical: { frequency: `${seen}/${patients}` } },
    year: known(world, disease, 0),
  });
}

/** What was looked for and not seen is known, too. */
function addAbsence(world: World, disease: Ref, finding: Ref, random: Random): void {
  world.addFact({
    subject: disease,
    predicate: "has_phenotype",
    object: finding,
    negated: true,
    qualifiers: { clinical: { frequency: `0/${random.between(6, 40)}` } },
    year: known(world, disease, 0),
  });
}
