/** Names that share a word across "and", "or" or a list: "short and broad thumbs", "cleft lip and palate", "hypo- and hyperpigmentation". */
import { MOST_CONCEPTS } from "./concepts.ts";
import { CUE } from "./cues.ts";
import type { Dictionary } from "./dictionary.ts";
import { foldWord } from "./fold.ts";
import { jointTerm, type Match } from "./matches.ts";
import { NONE } from "./names.ts";
import { GAP, type Reading } from "./reading.ts";
import { FILLER } from "./vocabulary.ts";

/** Members of a list: words `from` up to and without `to`. */
interface Segment {
  from: number;
  to: number;
}

/** Words of a member that may be put together with the shared ones. */
const LONGEST_PART = 3;
const MOST_MEMBERS = 8;
const PREFIX =
  /^(?:hypo|hyper|micro|macro|poly|oligo|brachy|clino|syn|hemi|mono|para|tetra|quadri|pre|post|brady|tachy|dys|an?|exo|eso|endo)$/u;

/** What the direct matches leave out, each over the words from the first to the last that it takes. */
export function coordinatedMatches(dictionary: Dictionary, reading: Reading, direct: readonly Match[]): Match[] {
  const byWord: (Match | undefined)[] = [];
  for (const match of direct) for (let i = match.from; i < match.to; i++) byWord[i] = match;
  const lists = new Lists(dictionary, reading, byWord);
  return listsOf(reading).flatMap((list) => [
    ...lists.sharedHead(list),
    ...lists.sharedStart(list),
    ...lists.sharedEnding(list),
    ...lists.sharedBoth(list),
  ]);
}

/** "small, low-set ears", "long smooth philtrum": adjectives before a name that belong to its noun too. */
export function adjectiveMatches(dictionary: Dictionary, reading: Reading, direct: readonly Match[]): Match[] {
  return direct.flatMap((whole) => {
    const at = whole.from - 1;
    if (whole.to - whole.from < 2 || at < 0 || (reading.gap[at]! & ~GAP.comma) !== 0) return [];
    if ((reading.cue[at]! & CUE.adjective) === 0 || direct.some(({ to }) => to === whole.from)) return [];
    for (let noun = whole.from + 1; noun < whole.to; noun++) {
      const term = jointTerm(dictionary, reading, [
        [at, whole.from],
        [noun, whole.to],
      ]);
      if (term !== NONE && term !== whole.term) return [{ from: at, to: whole.to, term }];
    }
    return [];
  });
}

class Lists {
  readonly #dictionary: Dictionary;
  readonly #reading: Reading;
  readonly #byWord: readonly (Match | undefined)[];

  constructor(dictionary: Dictionary, reading: Reading, byWord: readonly (Match | undefined)[]) {
    this.#dictionary = dictionary;
    this.#reading = reading;
    this.#byWord = byWord;
  }

  /** "anal, ear and limb malformations": what the last member ends with belongs to all. */
  sharedHead(list: Segment[]): Match[] {
    const whole = this.#byWord[list.at(-1)!.from];
    if (!whole || whole.from !== list.at(-1)!.from || whole.to - whole.from < 2) return [];
    return list.slice(0, -1).flatMap((member, n) => this.#withHead(whole, member, n > 0) ?? []);
  }

  #withHead(whole: Match, member: Segment, asWhole: boolean): Match | undefined {
    if (this.#byWord[member.to - 1]) return undefined;
    const most = member.to - this.#firstOf(member);
    for (let size = Math.min(LONGEST_PART, most); size > 0; size--) {
      if (asWhole && size < most) break;
      const from = member.to - size;
      if (this.#isAside(from)) continue;
      for (let head = whole.from + 1; head < whole.to; head++) {
        const term = this.#joint(whole, [from, member.to], [head, whole.to]);
        if (term !== NONE) return { from, to: whole.to, term };
      }
    }
    return undefined;
  }

  /** "weakness of arms and legs": what a member begins with belongs to those after it that name nothing by themselves. */
  sharedStart(list: Segment[]): Match[] {
    const found: Match[] = [];
    let whole: Match | undefined;
    for (const [n, member] of list.entries()) {
      const own = this.#byWord[member.from];
      const isLast = n === list.length - 1;
      if (!isLast && this.#beginsAnew(member)) whole = undefined;
      if (whole && !own && !this.#dictionary.names.isAbnormal(this.#reading.concept[member.from]!)) {
        const match = this.#withStart(whole, isLast ? 1 : member.to - member.from, member);
        if (match) found.push(match);
      }
      const ending = this.#byWord[member.to - 1];
      if (ending?.to === member.to && ending.to - ending.from > 1) whole = ending;
      else if (own) whole = undefined;
    }
    return found;
  }

  /** Whether a member has an adjective of its own: "hypoplastic nails, short fingers". */
  #beginsAnew({ from, to }: Segment): boolean {
    return to - from > 1 && (this.#reading.cue[from]! & CUE.adjective) !== 0;
  }

  #withStart(whole: Match, fewest: number, member: Segment): Match | undefined {
    for (let size = Math.min(LONGEST_PART, member.to - member.from); size >= fewest; size--) {
      for (let end = whole.to - 1; end > whole.from; end--) {
        const to = member.from + size;
        const term = this.#joint(whole, [whole.from, end], [member.from, to]);
        if (term !== NONE) return { from: whole.from, to, term };
      }
    }
    return undefined;
  }

  /** "hypo- and hyperpigmentation". */
  sharedEnding(list: Segment[]): Match[] {
    const reading = this.#reading;
    const [left, right] = list.slice(-2) as [Segment, Segment];
    const cut = left.to - 1;
    if ((reading.cue[cut]! & CUE.prefix) === 0 || (reading.gap[cut]! & GAP.hyphen) === 0) return [];
    const prefix = foldWord(reading.slice(cut, cut + 1));
    const full = foldWord(reading.slice(right.from, right.from + 1));
    if (!PREFIX.test(prefix)) return [];
    const to = this.#byWord[right.from]?.to ?? right.from + 1;
    const rest = reading.slice(right.from + 1, to);
    for (let length = 2; length <= 6; length++) {
      if (!PREFIX.test(full.slice(0, length))) continue;
      const word = prefix + full.slice(length);
      const term =
        (to > right.from + 1 ? this.#dictionary.lookup(`${word} ${rest}`) : undefined) ?? this.#dictionary.lookup(word);
      if (term !== undefined) return [{ from: cut, to, term }];
    }
    return [];
  }

  /** "short fourth and fifth metacarpals": both ends belong to both, and neither member names anything by itself. */
  sharedBoth(list: Segment[]): Match[] {
    const [left, right] = list.slice(-2) as [Segment, Segment];
    if (right.to - right.from < 2 || this.#byWord[left.to - 1] || this.#byWord[right.from]) return [];
    for (let from = Math.max(this.#firstOf(left), left.to - LONGEST_PART - 2); from < left.to - 1; from++) {
      if (this.#isAside(from)) continue;
      for (let to = Math.min(right.to, right.from + LONGEST_PART); to > right.from + 1; to--) {
        const first = this.#term([from, left.to], [to - 1, to]);
        if (first === NONE) continue;
        for (let middle = left.to - 1; middle > from; middle--) {
          const second = this.#term([from, middle], [right.from, to]);
          if (second !== NONE && second !== first) {
            return [
              { from, to, term: first },
              { from, to, term: second },
            ];
          }
        }
      }
    }
    return [];
  }

  /** The first word of a member that says what it is. */
  #firstOf({ from, to }: Segment): number {
    let first = from;
    while (first < to - 1 && this.#isAside(first)) first++;
    return first;
  }

  #isAside(i: number): boolean {
    return this.#reading.concept[i] === FILLER || (this.#reading.cue[i]! & CUE.aside) !== 0;
  }

  #term(first: [number, number], second: [number, number]): number {
    return jointTerm(this.#dictionary, this.#reading, [first, second]);
  }

  #joint(whole: Match, first: [number, number], second: [number, number]): number {
    if (first[1] - first[0] + second[1] - second[0] > 2 * MOST_CONCEPTS) return NONE;
    const term = jointTerm(this.#dictionary, this.#reading, [first, second]);
    return term === whole.term ? NONE : term;
  }
}

/** Lists whose last two members are joined by a conjunction or slash and the others by commas. */
function listsOf(reading: Reading): Segment[][] {
  const { count, cue, gap } = reading;
  const lists: Segment[][] = [];
  let members: Segment[] = [];
  let from = 0;
  for (let i = 0; i < count; i++) {
    if (cue[i]! & CUE.conjunction || isSame(reading, i)) continue;
    const at = afterConjunctions(reading, i + 1);
    if (i >= from) members.push({ from, to: i + 1 });
    const between = gap[i]!;
    if (at >= count || isBreak(between)) members = [];
    else if (at > i + 1 || between & GAP.slash) {
      const end = endOfMember(reading, at);
      if (members.length > 0) lists.push([...members.slice(-MOST_MEMBERS), { from: at, to: end }]);
      members = [];
    }
    from = at;
  }
  return lists;
}

/** Whether word `i` and the next are of one member. */
function isSame({ count, cue, gap }: Reading, i: number): boolean {
  return i + 1 < count && (gap[i]! & ~GAP.hyphen) === 0 && (cue[i + 1]! & CUE.conjunction) === 0;
}

function isBreak(gap: number): boolean {
  return (gap & (GAP.other | GAP.open)) !== 0 || (gap & (GAP.comma | GAP.slash)) === (GAP.comma | GAP.slash);
}

function afterConjunctions({ count, cue }: Reading, from: number): number {
  let at = from;
  while (at < count && cue[at]! & CUE.conjunction) at++;
  return at;
}

function endOfMember(reading: Reading, from: number): number {
  let i = from;
  while (i < reading.count && (reading.cue[i]! & CUE.conjunction) === 0 && isSame(reading, i)) i++;
  return Math.min(i + 1, reading.count);
}
