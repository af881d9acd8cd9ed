/** Queries no longer than a provider takes. */

/** Cut at a word; operators stand at the end of a query and stay whole. */
export function cutAtWord(
  query: string,
  { characters, words = Infinity }: { characters: number; words?: number },
): string {
  const operators = /(?:\s*(?:\((?:-?site:\S+(?: OR )?)+\)|-?site:\S+))+$/.exec(query)?.[0] ?? "";
  const room = characters - operators.length;
  // Operators alone are longer than the provider takes: fewer of them, and what comes back is filtered anyway.
  if (room < 20) return cutAtWord(query.slice(0, query.length - operators.length), { characters, words });
  const plain = query.slice(0, query.length - operators.length);
  const kept = plain
    .split(" ")
    .slice(0, Math.max(1, words - operators.split(" ").length))
    .join(" ");
  if (kept.length <= room) return kept + operators;
  const cut = kept.slice(0, room + 1).replace(/\s+\S*$/, "");
  return cut.slice(0, room) + operators;
}
