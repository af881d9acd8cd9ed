import { defineConfig } from "vitest/config";
import { SecondTries } from "./tests/second-tries.ts";

export default defineConfig({
  test: {
    globalSetup: ["tests/own-folder.ts"],
    setupFiles: ["tests/own-settings.ts", "tests/same-cases.ts"],
    include: ["{schemas,servers,host,training,evals,tests}/**/*.test.ts"],
    // Much of their time tests wait, for processes and for deadlines: one core is not left to the main process.
    maxWorkers: "100%",
    // Tests that have a time to keep say so themselves. This ends what would never end, and no busy machine comes near it.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // A busy machine is slow to start a server; what is waited for there comes all the same.
    expect: { poll: { timeout: 60_000 } },
    // Processes are started, killed and waited for on a machine that may do anything else meanwhile: one failure in some
    // ten thousand tests is its, not theirs. A counterexample of a property is never tried again.
    retry: { count: 1, condition: /^(?!Property failed)/ },
    reporters: ["default", new SecondTries()],
  },
});
