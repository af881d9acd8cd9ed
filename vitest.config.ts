import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{schemas,servers,host,training,evals,tests}/**/*.test.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // A busy machine is slow to start a server; what is waited for there comes all the same.
    expect: { poll: { timeout: 15_000 } },
  },
});
