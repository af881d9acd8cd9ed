/** `reason --phenopackets`: a ranking per phenopacket, as lines of JSON and, where asked for, as PhEval's tables. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { PHEVAL_FOLDER } from "../clinical-reasoning/phenopackets/pheval.ts";
import { runBatch } from "./reason-batch.ts";

interface PhenopacketsOptions {
  from: string;
  out: string;
  top: number;
  pheval?: string | undefined;
  knowledge?: string | undefined;
}

/** @returns the exit code */
export function rankPhenopackets({ from, out, top, pheval, knowledge }: PhenopacketsOptions): Promise<number> {
  const tables = pheval === undefined ? undefined : join(pheval, PHEVAL_FOLDER);
  if (tables !== undefined) mkdirSync(tables, { recursive: true });
  return runBatch({
    from,
    out,
    knowledge,
    what: "cases",
    // With another --top it would be longer or shorter.
    keeps: ({ ranking, candidates }) =>
      Array.isArray(ranking) && ranking.length === Math.min(top, typeof candidates === "number" ? candidates : top),
    job: { kind: "rank", top, pheval: tables },
  });
}
