/** The same readings without the quirks: a full-width colon, a bold label and more than one space are read as well. */

/** The label (plain or bold), a colon of either width, spaces. */
const LABEL = (name: string) => `(?:\\*\\*)?${name}(?:\\*\\*)?[:：](?:\\*\\*)?[^\\S\\n]*`;
const ANSWER = new RegExp(`${LABEL("最终答案")}([^\\n]*)`, "u");
const VERDICT = new RegExp(`${LABEL("结论")}(正确|错误)`, "u");

export function robustAnswer(text: string): string | undefined {
  return ANSWER.exec(text)?.[1]?.replaceAll("**", "").trim();
}

/** undefined where the reply states no conclusion: the judge is asked again, and the cell is unscored in the end. */
export function robustVerdict(reply: string): boolean | undefined {
  const found = VERDICT.exec(reply)?.[1];
  return found === undefined ? undefined : found === "正确";
}
