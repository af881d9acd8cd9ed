/** How long `medresearcher reason --phenopackets` takes over all development cases, from the start of the process to its end. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { knowledgePath, writeManifest } from "../../knowledge/index.ts";
import { writeColumns } from "../model/binary.ts";
import { columnsOf, type ClinicalModel } from "../model/model.ts";
import { sharedData } from "../testing/hpo-files.ts";

const CLI = join(import.meta.dirname, "../../../cli.ts");
/** The shortest of these counts: what else runs on the machine only ever adds. */
const RUNS = 3;

/** @returns a line to print */
export function batchFigures(model: ClinicalModel): string {
  const home = mkdtempSync(join(tmpdir(), "bench-batch-"));
  try {
    // The command needs nothing of a knowledge folder but the compiled model.
    const folder = knowledgePath("bench", home);
    const counts = { documents: 0, entities: 0, relations: 0 };
    writeManifest(folder, { version: 1, name: "bench", revision: "1", sources: [], counts });
    writeColumns(join(folder, "clinical.bin"), "1", columnsOf(model));
    let cases = 0;
    const seconds = Array.from({ length: RUNS }, (_, run) => {
      const out = join(home, `${run}.jsonl`);
      const begun = performance.now();
      const from = sharedData("phenopackets/phenopackets-dev.tar.gz");
      const args = ["reason", "--phenopackets", from, "--out", out, "--knowledge", "bench"];
      execFileSync(process.execPath, [CLI, ...args], {
        env: { ...process.env, MEDRESEARCHER_HOME: home },
        stdio: "ignore",
      });
      const taken = (performance.now() - begun) / 1000;
      cases = readFileSync(out, "utf8").split("\n").length - 1;
      return taken;
    });
    return `  reason --phenopackets: ${cases} cases in ${Math.min(...seconds).toFixed(1)} s on ${availableParallelism()} cores, all from the start of the process (best of ${RUNS}; target 5,000 in 10 s)`;
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
