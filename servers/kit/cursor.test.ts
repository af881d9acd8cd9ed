import fc from "fast-check";
import { expect, it } from "vitest";
import { listKey, readCursor, writeCursor } from "./cursor.ts";

it("goes on where the page ended", () => {
  const key = listKey("heart failure", ["local"], 0.4);
  expect(readCursor(writeCursor(key, 20, 71), key)).toEqual({ offset: 20, total: 71 });
  expect(readCursor(undefined, key)).toEqual({ offset: 0 });
  expect(readCursor(writeCursor(key, 20, undefined, "as it was"), key)).toEqual({ offset: 20, list: "as it was" });
});

it("refuses the cursor of another question", () => {
  expect(() => readCursor(writeCursor(listKey("a"), 20), listKey("b"))).toThrow(/another question/);
});

it("refuses anything that is no cursor, without falling over", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (junk) => {
      expect(() => readCursor(junk, listKey("a"))).toThrow(/cursor/);
    }),
  );
});
