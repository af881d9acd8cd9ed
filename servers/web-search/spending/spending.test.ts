import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { budgetOf, periodOf, renewalOf } from "./budgets.ts";
import { Ledger } from "./ledger.ts";

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ledger-"));
  file = join(folder, "requests.db");
});
afterEach(() => {
  delete process.env["MEDRESEARCHER_WEB_BUDGET"];
  rmSync(folder, { recursive: true });
});

describe("a ledger", () => {
  it("begins anew with each period, for each provider", () => {
    const ledger = new Ledger(file);
    const daily = { requests: 1, per: "day" } as const;
    const noon = Date.parse("2026-11-30T12:00:00Z");
    ledger.spend("brave", daily, noon);
    expect(() => ledger.spend("brave", daily, noon)).toThrow(
      /1 requests a day for brave is spent; it renews on 2026-12-01/,
    );
    ledger.spend("serper", daily, noon);
    ledger.spend("brave", daily, noon + 12 * 3_600_000);
    expect(() => ledger.spend("tavily", { requests: 0, per: "month" }, noon)).toThrow(/renews on 2026-12-01/);
    ledger.close();
  });

  it("is one for all processes: what is there is spent once, and all of it", async () => {
    const module = fileURLToPath(new URL("ledger.ts", import.meta.url));
    const program = `
      const { Ledger } = await import(${JSON.stringify(module)});
      const ledger = new Ledger(${JSON.stringify(file)});
      let spent = 0;
      for (let i = 0; i < 40; i++) {
        try { ledger.spend("brave", { requests: 100, per: "month" }, ${Date.parse("2026-11-23")}); spent++; } catch (error) {
          if (!/is spent/.test(error.message)) throw error;
        }
      }
      console.log(spent);`;
    const run = () => promisify(execFile)(process.execPath, ["--input-type=module", "-e", program]);
    const runs = await Promise.all([run(), run(), run(), run()]);
    expect(runs.reduce((sum, { stdout }) => sum + Number(stdout), 0)).toBe(100);
  });
});

it("budgets are read from one setting; only what is paid has one by itself", () => {
  expect(budgetOf("brave", true)).toEqual({ requests: 1000, per: "month" });
  expect(budgetOf("searxng", false)).toBeUndefined();
  process.env["MEDRESEARCHER_WEB_BUDGET"] = "brave=50/day, searxng=9,serper=unlimited; tavily=5/year";
  expect(budgetOf("brave", true)).toEqual({ requests: 50, per: "day" });
  expect(budgetOf("searxng", false)).toEqual({ requests: 9, per: "month" });
  expect(budgetOf("serper", true)).toBeUndefined();
  expect(() => budgetOf("tavily", true)).toThrow(/"tavily=5\/year", which is not understood/);
});

it("periods are those of the calendar in UTC", () => {
  const lastMoment = Date.parse("2026-12-31T23:59:59Z");
  expect(periodOf({ requests: 1, per: "day" }, lastMoment)).toBe("2026-12-31");
  expect(periodOf({ requests: 1, per: "month" }, lastMoment)).toBe("2026-12");
  expect(renewalOf({ requests: 1, per: "day" }, lastMoment)).toBe("2027-01-01");
  expect(renewalOf({ requests: 1, per: "month" }, lastMoment)).toBe("2027-01-01");
});
