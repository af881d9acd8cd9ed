/** Bounded output: lists are shortened from their ends until the JSON fits, and the result says by how much. */

type Result = Record<string, unknown>;

/** About 8,000 tokens. */
export const RESULT_BYTES = 32 * 1024;
/** What a string keeps at least when even the first entries are too large. */
const SHORTEST = 500;

/**
 * The result and its JSON, within the limit. First the lists named in `trim`, least needed first, are shortened to one
 * entry each, then the other lists; then long strings are cut.
 */
export function fitToBudget(
  result: Result,
  trim: readonly string[] = ["passages", "relations", "documents"],
  limit = RESULT_BYTES,
): { result: Result; json: string } {
  const json = JSON.stringify(result);
  if (Buffer.byteLength(json) <= limit) return { result, json };
  const shortened = shortenLists(result, trim, Buffer.byteLength(json), limit);
  const fitted = shortenStrings(shortened, limit);
  return { result: fitted, json: JSON.stringify(fitted) };
}

function shortenLists(result: Result, trim: readonly string[], bytes: number, limit: number): Result {
  const fitted = { ...result };
  const truncated: Record<string, number> = { ...(result["truncated"] as Record<string, number> | undefined) };
  // What the note of the shortening itself will take.
  let size = bytes + 200;
  const others = Object.keys(result).filter((key) => !trim.includes(key) && key !== "outcomes" && key !== "notes");
  for (const key of [...trim, ...others]) {
    const list = fitted[key];
    if (!Array.isArray(list) || size <= limit) continue;
    const kept = [...(list as unknown[])];
    // The first entry stays: a shortened answer is still an answer.
    while (size > limit && kept.length > 1) {
      size -= Buffer.byteLength(JSON.stringify(kept.pop())) + 1;
      truncated[key] = (truncated[key] ?? 0) + 1;
    }
    fitted[key] = kept;
  }
  return { ...fitted, truncated };
}

/** Cuts the longest strings to ever smaller lengths until the result fits. */
function shortenStrings(result: Result, limit: number): Result {
  let fitted = result;
  for (let longest = limit / 2; longest >= SHORTEST; longest /= 2) {
    if (Buffer.byteLength(JSON.stringify(fitted)) <= limit) return fitted;
    fitted = cut(result, Math.floor(longest)) as Result;
    const note = `texts longer than ${Math.floor(longest)} characters were cut; ask for less at a time to see them whole`;
    fitted["notes"] = [...((result["notes"] as string[] | undefined) ?? []).map((n) => cut(n, SHORTEST)), note];
  }
  return fitted;
}

function cut(value: unknown, longest: number): unknown {
  if (typeof value === "string") return value.length > longest ? value.slice(0, longest).toWellFormed() : value;
  if (Array.isArray(value)) return value.map((item) => cut(item, longest));
  if (typeof value !== "object" || value === null) return value;
  const copy = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, cut(item, longest)]));
  return "text" in value ? withOffsets(copy, value) : copy;
}

/** A passage that was cut ends earlier: its offsets still name its words exactly. */
function withOffsets(copy: Record<string, unknown>, original: Record<string, unknown>): Record<string, unknown> {
  const { text, start, end } = original;
  if (typeof text !== "string" || typeof start !== "number" || end !== start + text.length) return copy;
  return { ...copy, end: start + (copy["text"] as string).length };
}
