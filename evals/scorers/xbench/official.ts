/** How xBench's own harness reads an answer and a judge's reply, quirks kept: rows of the published table can be reproduced with it. */

/** `str.strip()` of Python. */
const SPACE = "[\\t-\\r\\u001c-\\u001f \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
const ENDS = new RegExp(`^${SPACE}+|${SPACE}+$`, "g");

/** What stands after `最终答案`; undefined where that is not there. Without an ASCII colon the label stays in it. */
export function officialAnswer(text: string): string | undefined {
  return afterColon(/最终答案:*[^\n]*/.exec(text)?.[0]);
}

/** Is the judge's conclusion 正确? One character, no more, may stand between label and word, and only an ASCII colon parts them. */
export function officialVerdict(reply: string): boolean {
  return afterColon(/结论:*[^\n](?:正确|错误)/u.exec(reply)?.[0]) === "正确";
}

function afterColon(match: string | undefined): string | undefined {
  return match === undefined ? undefined : (match.split(":")[1]?.replace(ENDS, "") ?? match);
}
