/** Which store the explorer opens. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openExplorer } from "./open.ts";

const NOBODY = "bolt://127.0.0.1:1";

async function cardOf(name: string | undefined) {
  const open = openExplorer(name);
  try {
    return await open.explorer.card("NCBIGene:2200");
  } finally {
    await open.close();
  }
}

describe("NEO4J_URL", () => {
  const home = mkdtempSync(join(tmpdir(), "open-"));
  beforeAll(() => {
    vi.stubEnv("MEDRESEARCHER_HOME", home);
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    rmSync(home, { recursive: true, force: true });
  });

  it("unset means the embedded store", async () => {
    vi.stubEnv("NEO4J_URL", "");
    expect((await cardOf(undefined)).entity.name).toBe("FBN1");
  });

  it("set means Neo4j, asked by the call that needs it", async () => {
    vi.stubEnv("NEO4J_URL", NOBODY);
    await expect(cardOf(undefined)).rejects.toMatchObject({ reason: "unavailable", retryable: true });
  });

  it("does not concern what is built in", async () => {
    vi.stubEnv("NEO4J_URL", NOBODY);
    expect((await cardOf("starter")).entity.name).toBe("FBN1");
    const world = openExplorer("gym:3:100");
    expect((await world.explorer.describe()).counts.entities).toBeGreaterThan(50);
    await world.close();
  });
});
