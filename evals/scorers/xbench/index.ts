/** xBench-DeepSearch: exact match of what follows `最终答案:`, else a judge whose reply is read officially or robustly. */
import { withoutMarks } from "../exact/text.ts";
import { finalAnswer } from "../final-answer.ts";
import { type Mode, type Score, right, wrong } from "../verdict.ts";
import { officialAnswer, officialVerdict } from "./official.ts";
import { robustAnswer, robustVerdict } from "./robust.ts";

export { officialVerdict } from "./official.ts";
export { robustVerdict } from "./robust.ts";

/** Right without a judge: the answer's last line is the gold, to the letter. */
export function matchesXbench(answer: string, gold: string, mode: Mode): boolean {
  if (mode === "official") return officialAnswer(answer) === gold;
  const said = robustAnswer(withoutMarks(answer)) ?? finalAnswer(answer);
  return said === gold.trim();
}

/** @param judged the judge's reply, where there is one */
export function scoreXbench(answer: string, gold: string, mode: Mode, judged?: string): Score {
  if (matchesXbench(answer, gold, mode)) return right("equal, no judge needed");
  if (judged === undefined) return wrong("not equal, and no judge was asked");
  const verdict = mode === "official" ? officialVerdict(judged) : robustVerdict(judged);
  if (verdict === undefined) return wrong("the judge's reply states no conclusion");
  return verdict ? right("the judge: right") : wrong("the judge: wrong");
}
