import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    setupFiles: ["tests/own-settings.ts"],
    include: ["{schemas,servers,host,training,evals,tests}/**/*.test.ts"],
    // Much of their time tests wait, for processes and for deadlines: one core is not left to the main process.
    maxWorkers: "100%",
    // Tests that have a time to keep say so themselves. This ends what would never end, and no busy machine comes near it.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // A busy machine is slow to start a server; what is waited for there comes all the same.
    expect: { poll: { timeout: 15_000 } },
  },
});
