/** A whole world from its seed and size. */
import { Companies } from "./companies.ts";
import { addErrors, type Errors } from "./errors.ts";
import { addGenetics } from "./genetics.ts";
import type { GymWorld } from "./gym-name.ts";
import { addPharmacology } from "./pharmacology.ts";
import { populate } from "./population.ts";
import { Random } from "./random.ts";
import { addResearch } from "./research.ts";
import { World } from "./world.ts";

/** Raise it when any world comes out differently. */
export const GYM_VERSION = 2;

/** A stream of chance for one purpose: changing one part of the generator leaves the others as they are. */
export function chanceFor({ seed, size }: GymWorld, purpose: string): Random {
  return new Random(`gym ${GYM_VERSION}/${seed}/${size}/${purpose}`);
}

export function makeWorld(gym: GymWorld): { world: World; errors: Errors } {
  const world = new World(gym.size, chanceFor(gym, "names"));
  const people = populate(world, gym.size, chanceFor(gym, "population"));
  addGenetics(world, people, chanceFor(gym, "genetics"));
  const companies = new Companies(world, people, chanceFor(gym, "companies"));
  addPharmacology(world, people, companies, chanceFor(gym, "pharmacology"));
  addResearch(world, people, companies, chanceFor(gym, "research"));
  const errors = addErrors(world, gym.size, chanceFor(gym, "errors"));
  return { world, errors };
}
