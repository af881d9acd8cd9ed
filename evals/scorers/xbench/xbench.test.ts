import { describe, expect, it } from "vitest";
import { matchesXbench, officialVerdict, robustVerdict, scoreXbench } from "./index.ts";

/** The quirks of the official parser: these replies say 正确, and it scores them 0. */
const QUIRKS = {
  "full-width colon": ["结论：正确", "结论： 正确", "解释: 一致\n结论：正确。"],
  "bold label": ["**结论**: 正确", "**结论:** 正确", "**结论**：正确"],
  "double spaces": ["结论:  正确", "结论:   正确"],
};

describe("the judge's reply", () => {
  it.each(["结论: 正确", "结论:正确", "最终答案: 42\n\n解释: 一致\n\n结论: 正确。"])(
    "%j is right to both parsers",
    (reply) => {
      expect([officialVerdict(reply), robustVerdict(reply)]).toEqual([true, true]);
    },
  );
  it.each(["结论: 错误", "结论:错误", "最终答案: 正确\n解释: 不同\n结论: 错误"])("%j is wrong to both", (reply) => {
    expect([officialVerdict(reply), robustVerdict(reply)]).toEqual([false, false]);
  });
  it.each(["", "正确", "结论: 不正确", "结论: 无法判断", "结论是正确的", "The answer is correct"])(
    "%j states no conclusion",
    (reply) => {
      expect(officialVerdict(reply)).toBe(false);
      expect(robustVerdict(reply)).toBeUndefined();
    },
  );
  it.each(Object.entries(QUIRKS))("%s: 0 to the official parser, 1 to the robust one", (_, replies) => {
    for (const reply of replies)
      expect([reply, officialVerdict(reply), robustVerdict(reply)]).toEqual([reply, false, true]);
  });

  it("is read differently for exactly these quirks", () => {
    const labels = ["结论", "**结论**", "结 论", "结论是"];
    const colons = [":", "：", "", "::", ":："];
    const gaps = ["", " ", "  ", "\t\t", "\n", "*"];
    for (const label of labels) {
      for (const colon of colons) {
        for (const gap of gaps) {
          for (const word of ["正确", "错误", "不正确", "对"]) {
            const reply = label + colon + gap + word;
            const listed =
              ["结论", "**结论**"].includes(label) &&
              [":", "："].includes(colon) &&
              /^\s*$/.test(gap.replace("\n", "x")) &&
              (label !== "结论" || colon === "：" || gap.length > 1);
            const differ = officialVerdict(reply) !== (robustVerdict(reply) ?? false);
            expect({ reply, differ }).toEqual({ reply, differ: listed && word === "正确" });
          }
        }
      }
    }
  });
});

describe("without a judge", () => {
  it("the text after the label must be the gold, to the letter", () => {
    expect(matchesXbench("想了一下。\n最终答案: 42", "42", "official")).toBe(true);
    expect(matchesXbench("最终答案:42 ", "42", "official")).toBe(true);
    expect(matchesXbench("42", "42", "official")).toBe(false);
    expect(matchesXbench("最终答案: 42个", "42", "official")).toBe(false);
  });
  it("a full-width colon and citation marks stand in the official way only", () => {
    for (const answer of ["最终答案：42", "**最终答案：** 42", "最终答案: 42 [1]", "42 [1]."]) {
      expect([answer, matchesXbench(answer, "42", "official"), matchesXbench(answer, "42", "robust")]).toEqual([
        answer,
        false,
        true,
      ]);
    }
  });
  it("the score says whose word it is", () => {
    expect(scoreXbench("最终答案: 42", "42", "official", "结论: 错误")).toMatchObject({
      correct: true,
      reason: "equal, no judge needed",
    });
    expect(scoreXbench("四十二", "42", "official").correct).toBe(false);
    expect(scoreXbench("四十二", "42", "official", "结论：正确").correct).toBe(false);
    expect(scoreXbench("四十二", "42", "robust", "结论：正确").correct).toBe(true);
  });
});
