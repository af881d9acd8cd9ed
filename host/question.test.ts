import fc from "fast-check";
import { expect, test } from "vitest";
import { BadQuestion, readQuestion } from "./question.ts";

test("a question is taken as it is, in any script, without the blanks around it", () => {
  expect(readQuestion("  Which gene?\n")).toBe("Which gene?");
  expect(readQuestion("Welches Gen? Какой ген? 哪个基因？")).toBe("Welches Gen? Какой ген? 哪个基因？");
});

test("whatever comes in is a question or is refused in words", () => {
  const property = fc.property(fc.array(fc.nat(0xffff)), (units) => {
    const raw = String.fromCharCode(...units);
    try {
      return readQuestion(raw) === raw.trim();
    } catch (error) {
      return error instanceof BadQuestion;
    }
  });
  expect(() => fc.assert(property)).not.toThrow();
});
