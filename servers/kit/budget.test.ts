import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitToBudget, RESULT_BYTES } from "./budget.ts";

const passages = (count: number, length: number) =>
  Array.from({ length: count }, (_, i) => ({ start: i, end: i + length, text: "é".repeat(length) }));

describe("fitting a result to the byte budget", () => {
  it("leaves a small result alone", () => {
    const result = { passages: passages(2, 10), documents: [] };
    expect(fitToBudget(result)).toEqual({ result, json: JSON.stringify(result) });
  });

  it("shortens the least needed list first and says by how much", () => {
    const { result } = fitToBudget({ passages: passages(40, 1000), documents: [{ id: "a" }, { id: "b" }] });
    const kept = (result["passages"] as unknown[]).length;
    expect(kept).toBeGreaterThan(10);
    expect(result["truncated"]).toEqual({ passages: 40 - kept });
    expect(result["documents"]).toHaveLength(2);
  });

  it("shortens lists that a tool did not name, too", () => {
    const entities = Array.from({ length: 100 }, (_, i) => ({ id: `X:${i}`, description: "d".repeat(1000) }));
    const { result, json } = fitToBudget({ entities, passages: [] });
    expect(json.length).toBeLessThanOrEqual(RESULT_BYTES);
    expect(result["truncated"]).toEqual({ entities: 100 - (result["entities"] as unknown[]).length });
  });

  it("cuts a text that is too long alone; a passage's offsets still name its words", () => {
    const { result, json } = fitToBudget({ passages: passages(1, 100_000), note: "n" });
    const [passage] = result["passages"] as { start: number; end: number; text: string }[];
    expect(Buffer.byteLength(json)).toBeLessThanOrEqual(RESULT_BYTES);
    expect(passage!.end - passage!.start).toBe(passage!.text.length);
    expect(passage!.text.length).toBeGreaterThan(1000);
    expect(result["notes"]).toEqual([expect.stringContaining("were cut")]);
  });

  it("fits any result of lists and texts", () => {
    const item = fc.record({ id: fc.string(), text: fc.string({ maxLength: 20_000, size: "max" }) });
    const results = fc.record({ documents: fc.array(item), relations: fc.array(item), findings: fc.array(item) });
    fc.assert(
      fc.property(results, (raw) => {
        const { result, json } = fitToBudget(raw);
        expect(Buffer.byteLength(json)).toBeLessThanOrEqual(RESULT_BYTES);
        expect(JSON.parse(json)).toEqual(result);
      }),
      { numRuns: 50 },
    );
  });
});
