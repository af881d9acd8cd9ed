/** What a caller is told of a question: what it takes, how much it is expected to help, and that what was asked in vain is not asked again. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { ClinicalEngine } from "./engine.ts";
import { suggest } from "./suggestions.ts";
import { makeKnowledge } from "./testing/knowledge-folder.ts";

const folder = mkdtempSync(join(tmpdir(), "suggestions-"));
const engine = new ClinicalEngine(makeKnowledge(folder));
const view = engine.view();
const { patient } = engine.patient({ observed: ["HP:0001083"] });
afterAll(() => {
  engine.close();
  rmSync(folder, { recursive: true, force: true });
});

it("tells how sure the differential is, and how sure it is expected to be after the question", () => {
  const { suggestions, now } = suggest(engine, view, patient, 5);
  expect(now!.top).toBeGreaterThan(1 / 3);
  expect(now!.entropy).toBeLessThan(Math.log2(3));
  const [first] = suggestions;
  expect(first!.expectedEntropy).toBeLessThan(now!.entropy);
  expect(first!.expectedGain).toBeGreaterThan(suggestions.at(-1)!.expectedGain);
  expect(first!.yes! + first!.no!).toBeLessThan(1);
  expect(first!.says).toMatch(
    /^If present \([\d.]+%\) .+ leads with [\d.]+%, if absent \([\d.]+%\) .*with [\d.]+%; unanswered 20%\. Expected: leading posterior [\d.]+% to [\d.]+%, uncertainty [\d.]+ to [\d.]+ bits\.$/u,
  );
});

it("does not ask again for what was asked in vain", () => {
  const [first] = suggest(engine, view, patient, 5).suggestions;
  const again = suggest(engine, view, patient, 5, [view.model.term(first!.finding)!]).suggestions;
  expect(again.map((s) => s.finding)).not.toContain(first!.finding);
});
