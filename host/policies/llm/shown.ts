/** What a model is shown of a tool's result: the raw result stays in the log, the model gets as much as fits. */

/** About 4,000 tokens. */
const SHOWN_CHARACTERS = 16_000;

/** JSON of the result; long lists are shortened from their ends, and the cut is said. */
export function shownResult(result: unknown, limit = SHOWN_CHARACTERS): string {
  const whole = JSON.stringify(result) ?? "null";
  if (whole.length <= limit || typeof result !== "object" || result === null || Array.isArray(result)) {
    return cut(whole, limit);
  }
  const fields: Record<string, unknown> = { ...result };
  const left: Record<string, number> = {};
  for (let size = whole.length; size > limit; size = JSON.stringify({ ...fields, notShown: left }).length) {
    const longest = longestList(fields);
    if (!longest) break;
    const list = fields[longest] as unknown[];
    const kept = list.slice(0, Math.max(1, Math.floor(list.length * 0.7)));
    left[longest] = (left[longest] ?? 0) + list.length - kept.length;
    fields[longest] = kept;
  }
  return cut(JSON.stringify({ ...fields, notShown: left }), limit);
}

function longestList(fields: Record<string, unknown>): string | undefined {
  const lists = Object.entries(fields).filter(([, value]) => Array.isArray(value) && value.length > 1);
  return lists.toSorted((a, b) => JSON.stringify(b[1]).length - JSON.stringify(a[1]).length)[0]?.[0];
}

function cut(text: string, limit: number): string {
  return text.length <= limit
    ? text
    : `${text.slice(0, limit)}… (${text.length - limit} more characters are not shown)`;
}
