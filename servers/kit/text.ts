/** Text that every client can read: a lone surrogate (half an emoji) is valid JSON, but stops readers that decode UTF-8. */

/** The value with every string in it well-formed; the same value where nothing had to change. */
export function wellFormed<T>(value: T): T;
export function wellFormed(value: unknown): unknown {
  if (typeof value === "string") return value.isWellFormed() ? value : value.toWellFormed();
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => wellFormed(item));
    return items.some((item, i) => item !== value[i]) ? items : value;
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(
      ([key, item]) => [key.toWellFormed(), wellFormed<unknown>(item)] as const,
    );
    const changed = entries.some(([key, item]) => (value as Record<string, unknown>)[key] !== item);
    return changed ? Object.fromEntries(entries) : value;
  }
  return value;
}
