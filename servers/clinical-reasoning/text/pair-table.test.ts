import fc from "fast-check";
import { expect, it } from "vitest";
import { PairTable } from "./pair-table.ts";

const integer = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });

it("keeps what a Map keeps, while it grows", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.oneof(fc.nat(5), integer), fc.oneof(fc.nat(5), integer), fc.nat())), (entries) => {
      const table = new PairTable(2);
      const map = new Map<string, number>();
      for (const [a, b, value] of entries) {
        table.set(a, b, value);
        map.set(`${a} ${b}`, value);
      }
      expect(table.size).toBe(map.size);
      for (const [a, b] of entries) expect(table.get(a, b)).toBe(map.get(`${a} ${b}`));
      expect(table.get(7, 2 ** 30)).toBe(map.get(`7 ${2 ** 30}`) ?? -1);
    }),
  );
});
