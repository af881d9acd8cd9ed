/** `npm run test:wild [-- ROUNDS]`: every property, each round on other cases than ever before, and on more of them. */
import { spawnSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "..");
const ROUNDS = Number(process.argv[2] ?? 1);

const files = globSync("{schemas,servers,host,training,evals,tests}/**/*.test.ts", { cwd: ROOT }).filter((file) =>
  readFileSync(join(ROOT, file), "utf8").includes('from "fast-check"'),
);
const env = { ...process.env, WILD_TESTS: "1" };
let failed = 0;
for (let round = 1; round <= ROUNDS; round++) {
  console.log(`round ${round} of ${ROUNDS}: ${files.length} files`);
  const { status } = spawnSync("vitest", ["run", "--retry=0", "--reporter=dot", ...files], {
    cwd: ROOT,
    env,
    stdio: "inherit",
  });
  if (status !== 0) failed++;
}
console.log(`${failed} of ${ROUNDS} rounds failed`);
process.exitCode = failed > 0 ? 1 : 0;
