/** Names that share a word across "and", "or" or a list: "short and broad thumbs", "cleft lip and palate", "hypo- and hyperpigmentation". */
import { conceptsOf, type Match, type Word } from "./matches.ts";
import type { Dictionary } from "./dictionary.ts";

/** Members of a list: words `from` up to and without `to`. */
interface Segment {
  from: number;
  to: number;
}

const CONJUNCTION = /^(?:and|or|nor)$/u;
/** Words of a member that may be put together with the shared ones. */
const LONGEST_PART = 3;
const MOST_MEMBERS = 8;
const PREFIX =
  /^(?:hypo|hyper|micro|macro|poly|oligo|brachy|clino|syn|hemi|mono|para|tetra|quadri|pre|post|brady|tachy|dys|an?|exo|eso|endo)$/u;

/** What the direct matches leave out, each over the words from the first to the last that it takes. */
export function coordinatedMatches(
  dictionary: Dictionary,
  words: readonly Word[],
  text: string,
  direct: readonly Match[],
): Match[] {
  const byWord = new Map<number, Match>();
  for (const match of direct) for (let i = match.from; i < match.to; i++) byWord.set(i, match);
  const found: Match[] = [];
  for (const list of listsOf(words, text)) {
    const read = (part: readonly Word[]) => termOf(dictionary, part);
    found.push(...sharedHead(list, words, byWord, read), ...sharedStart(list, words, byWord, read));
    found.push(...sharedEnding(list, words, text, dictionary, byWord));
  }
  return found;
}

type Read = (part: readonly Word[]) => number | undefined;

function termOf(dictionary: Dictionary, part: readonly Word[]): number | undefined {
  if (conceptsOf(part).length < 2) return undefined;
  return (
    dictionary.exact(
      part.map((word) => word.norm),
      "",
    ) ?? dictionary.loose(conceptsOf(part))
  );
}

/** "anal, ear and limb malformations": what the last member ends with belongs to all. */
function sharedHead(list: Segment[], words: readonly Word[], byWord: Map<number, Match>, read: Read): Match[] {
  const last = list.at(-1)!;
  const whole = byWord.get(last.from);
  if (!whole || whole.from !== last.from || whole.to - whole.from < 2) return [];
  return list.slice(0, -1).flatMap((member, n) => {
    if (byWord.has(member.to - 1)) return [];
    for (let size = Math.min(LONGEST_PART, member.to - member.from); size > 0; size--) {
      if (n > 0 && size < member.to - member.from) break;
      const own = words.slice(member.to - size, member.to);
      for (let head = whole.from + 1; head < whole.to; head++) {
        const term = read([...own, ...words.slice(head, whole.to)]);
        if (term !== undefined && term !== whole.term) return [{ from: member.to - size, to: whole.to, term }];
      }
    }
    return [];
  });
}

/** "weakness of arms and legs": what the first member begins with belongs to all. */
function sharedStart(list: Segment[], words: readonly Word[], byWord: Map<number, Match>, read: Read): Match[] {
  const whole = byWord.get(list[0]!.to - 1);
  if (!whole || whole.to !== list[0]!.to || whole.to - whole.from < 2) return [];
  return list.slice(1).flatMap((member, n) => {
    if (byWord.has(member.from) || words[member.from]!.concept === "abnormal") return [];
    for (let size = Math.min(LONGEST_PART, member.to - member.from); size > 0; size--) {
      if (n + 2 < list.length && size < member.to - member.from) break;
      const own = words.slice(member.from, member.from + size);
      for (let end = whole.to - 1; end > whole.from; end--) {
        const term = read([...words.slice(whole.from, end), ...own]);
        if (term !== undefined && term !== whole.term) return [{ from: whole.from, to: member.from + size, term }];
      }
    }
    return [];
  });
}

/** "hypo- and hyperpigmentation". */
function sharedEnding(
  list: Segment[],
  words: readonly Word[],
  text: string,
  dictionary: Dictionary,
  byWord: Map<number, Match>,
): Match[] {
  const [left, right] = list.slice(-2) as [Segment, Segment];
  const cut = words[left.to - 1]!;
  const full = words[right.from]!;
  if (!PREFIX.test(cut.norm) || !/^[-‐‑–]/u.test(text.slice(cut.end))) return [];
  const to = byWord.get(right.from)?.to ?? right.from + 1;
  for (let length = 2; length <= 6; length++) {
    if (!PREFIX.test(full.norm.slice(0, length))) continue;
    const norms = [cut.norm + full.norm.slice(length), ...words.slice(right.from + 1, to).map((word) => word.norm)];
    const term = dictionary.exact(norms, "") ?? dictionary.exact(norms.slice(0, 1), "");
    if (term !== undefined) return [{ from: left.to - 1, to, term }];
  }
  return [];
}

/** Lists whose last two members are joined by a conjunction or slash and the others by commas. */
function listsOf(words: readonly Word[], text: string): Segment[][] {
  const lists: Segment[][] = [];
  let members: Segment[] = [];
  let from = 0;
  for (let i = 0; i < words.length; i++) {
    if (CONJUNCTION.test(words[i]!.norm)) continue;
    const next = nextMember(words, text, i);
    if (next.kind === "same") continue;
    if (i >= from) members.push({ from, to: i + 1 });
    if (next.kind === "conjunction" && members.length > 0) {
      const end = endOfMember(words, text, next.at);
      if (end > next.at) lists.push([...members.slice(-MOST_MEMBERS), { from: next.at, to: end }]);
      members = [];
    } else if (next.kind === "break") members = [];
    from = next.at;
  }
  return lists;
}

function endOfMember(words: readonly Word[], text: string, from: number): number {
  let i = from;
  while (i < words.length && !CONJUNCTION.test(words[i]!.norm) && nextMember(words, text, i).kind === "same") i++;
  return Math.min(i + 1, words.length);
}

/** How word `i` and the next that is no conjunction hang together, and where that one is. */
function nextMember(words: readonly Word[], text: string, i: number) {
  let at = i + 1;
  while (at < words.length && CONJUNCTION.test(words[at]!.norm)) at++;
  if (at >= words.length) return { kind: "break", at } as const;
  const gap = text.slice(words[i]!.end, words[i + 1]!.start);
  if (!/^[-‐‑–]?\s*[,/]?\s*$/u.test(gap) && !/^[\s\-‐‑–'’]*$/u.test(gap)) return { kind: "break", at } as const;
  if (at > i + 1 || gap.includes("/")) return { kind: "conjunction", at } as const;
  return { kind: gap.includes(",") ? "comma" : "same", at } as const;
}
