/** Side-by-side measurement: the two sides take turns, so that what else the machine does hits both alike. */
import { fileURLToPath } from "node:url";

export const BARE = fileURLToPath(new URL("bare-server.mjs", import.meta.url));

export interface Comparison {
  ours: number;
  bare: number;
  ratio: number;
}

/** Medians of `rounds` alternating measurements, in the unit that the sides return. */
export async function sideBySide(
  rounds: number,
  ours: () => Promise<number>,
  bare: () => Promise<number>,
): Promise<Comparison> {
  const [mine, theirs]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    theirs.push(await bare());
    mine.push(await ours());
  }
  return { ours: median(mine), bare: median(theirs), ratio: median(mine) / median(theirs) };
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

/** Prints a line of the table; @returns whether the ratio is within the limit */
export function report(what: string, { ours, bare, ratio }: Comparison, limit: number): boolean {
  const isGood = ratio <= limit;
  const figures = `${ours.toFixed(3).padStart(9)} ms ${bare.toFixed(3).padStart(9)} ms   × ${ratio.toFixed(2)}`;
  console.log(`${what.padEnd(22)} ${figures}   (at most ${limit})${isGood ? "" : "  TOO SLOW"}`);
  return isGood;
}
