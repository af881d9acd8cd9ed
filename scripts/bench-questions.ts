/** `npm run bench:questions [COUNT] [KNOWLEDGE]`: questions a second, their shape, and whether every proof holds. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SPECIALTIES, type QuestionRow } from "../schemas/index.ts";
import { openKnowledge } from "../servers/knowledge/index.ts";
import { makeQuestions } from "../training/synthesis/questions/index.ts";
import { verifyFile } from "../training/synthesis/verify/index.ts";

const count = Number(process.argv[2] ?? 10_000);
const name = process.argv[3] ?? "gym:1:2000";
const folder = mkdtempSync(join(tmpdir(), "bench-questions-"));
const out = join(folder, "questions.jsonl");

const knowledge = openKnowledge(name);
const made = await makeQuestions({
  knowledge,
  count,
  out,
  onProgress: (state) => process.stderr.write(`${state.count} of ${count}\n`),
});
knowledge.close();
const started = performance.now();
const { passed, checked } = verifyFile(out);
const verifySeconds = (performance.now() - started) / 1000;
const rows = readFileSync(out, "utf8")
  .split("\n")
  .filter(Boolean)
  .map((line) => JSON.parse(line) as QuestionRow);
rmSync(folder, { recursive: true });

const unique = Math.min(new Set(rows.map((r) => r.id)).size, new Set(rows.map((r) => r.question)).size);
const { min, mean, max } = made.hops;
const per = (seconds: number) => (rows.length / seconds).toFixed(0);
process.stdout.write(
  [
    `knowledge          ${name}, ${made.written} of ${count} questions from ${made.attempts} attempts`,
    `making             ${made.seconds.make.toFixed(1)} s, ${per(made.seconds.make)} questions/s (aim ≥ 100), after ${made.seconds.load.toFixed(1)} s of loading`,
    `hops               ${min}–${max}, mean ${mean.toFixed(2)} (aim 3–8, ≥ 4.2)`,
    `specialties        ${Object.keys(made.specialties).length} of ${SPECIALTIES.length}, ${Math.min(...Object.values(made.specialties))}–${Math.max(...Object.values(made.specialties))} each`,
    `proven longest     ${(100 * made.optimalShare).toFixed(1)} % of the chains, up to their cap`,
    `verified           ${passed} of ${checked} in ${verifySeconds.toFixed(1)} s, ${per(verifySeconds)} questions/s`,
    `duplicates         ${rows.length - unique}`,
    `came to nothing    ${JSON.stringify(made.rejections)}`,
    "",
  ].join("\n"),
);
process.exitCode = passed === count && unique === count ? 0 : 1;
