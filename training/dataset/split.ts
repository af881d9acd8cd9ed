/** Train, validation or test: decided by the seed entity, so that no entity's neighbourhood lies on both sides. */
import { createHash } from "node:crypto";
import type { Split } from "../../schemas/index.ts";

export interface Shares {
  validation: number;
  test: number;
}

/** @param seed of the dataset · @param entity from which the question was grown */
export function splitOf(seed: number, entity: string, { validation, test }: Shares): Split {
  const digest = createHash("sha256").update(`split\n${seed}\n${entity}`).digest();
  const at = digest.readUInt32BE(0) / 2 ** 32;
  if (at < test) return "test";
  return at < test + validation ? "validation" : "train";
}
