/** `gym:SEED[:SIZE]`: which world is meant. */

export interface GymWorld {
  /** An integer or a word. */
  seed: string;
  /** Entities in the world. */
  size: number;
}

const DEFAULT_SIZE = 1000;
const LEAST = 100;
const MOST = 100_000;

/** The world that a knowledge name means; undefined where the name is not a gym's. @throws Error where it is one, but no such world can be */
export function parseGymName(name: string): GymWorld | undefined {
  if (name !== "gym" && !name.startsWith("gym:")) return undefined;
  const [, seed, size = String(DEFAULT_SIZE)] = /^gym:([A-Za-z0-9_-]{1,40})(?::(\d{1,9}))?$/.exec(name) ?? [];
  if (!seed || Number(size) < LEAST || Number(size) > MOST) {
    throw new Error(
      `${name} is no gym: write gym:SEED or gym:SEED:SIZE, with a number or word and ${LEAST} to ${MOST} entities, such as gym:7:1000`,
    );
  }
  return { seed: /^\d+$/.test(seed) ? String(BigInt(seed)) : seed, size: Number(size) };
}

/** The one full name of a world. */
export function gymName({ seed, size }: GymWorld): string {
  return `gym:${seed}:${size}`;
}
