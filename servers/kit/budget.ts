/** Bounded output: lists are shortened from their ends until the JSON fits, and the result says by how much. */

/** About 8,000 tokens. */
export const RESULT_BYTES = 32 * 1024;

export function fitToBudget(
  result: Record<string, unknown>,
  trim: readonly string[] = ["passages", "relations", "documents"],
  limit = RESULT_BYTES,
): Record<string, unknown> {
  let size = Buffer.byteLength(JSON.stringify(result));
  if (size <= limit) return result;
  const fitted = { ...result };
  const truncated: Record<string, number> = { ...(result["truncated"] as Record<string, number> | undefined) };
  for (const key of trim) {
    const list = fitted[key];
    if (!Array.isArray(list)) continue;
    const kept = [...list];
    // The first entry stays: a shortened answer is still an answer.
    while (size > limit && kept.length > 1) {
      size -= Buffer.byteLength(JSON.stringify(kept.pop())) + 1;
      truncated[key] = (truncated[key] ?? 0) + 1;
    }
    fitted[key] = kept;
    if (size <= limit) break;
  }
  return { ...fitted, truncated };
}
