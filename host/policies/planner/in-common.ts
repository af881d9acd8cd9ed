/** Answers what things have in common with a named one: who shares the rarest, by which relations, each with its passage. */
import type { PathsResult, RelationHit } from "../../../schemas/index.ts";
import { InfrastructureError } from "../../policy.ts";
import { abstain } from "./abstain.ts";
import { ENDS, failures, findEnds, findRoutes, readPaths } from "./calls.ts";
import { Citations } from "./citations.ts";
import type { Conclusion, Plan } from "./coroutine.ts";
import { group, toLink, type Link, type Value } from "./links.ts";
import type { Share, Sharing } from "./sharing.ts";
import { gatherSources, type Sources } from "./sources.ts";
import { capital, list } from "./text.ts";

/** Candidates that are told. */
const TOLD = 6;
/** Calls at once. */
const PARALLEL = 24;

/** A way over something shared: relations from the thing named to the candidate. */
interface Way {
  /** What is shared: the node in the middle. */
  key: string;
  relations: RelationHit[];
}

/** How a candidate shares one kind: the two entities and the route over which it shares most of it. */
interface Shared {
  from: string;
  to: string;
  route: string[];
  count: number;
  /** The rarest first, as far as they are known. */
  ways: Way[];
}

interface Candidate {
  value: Value;
  /** One for each kind asked about so far. */
  shared: Shared[];
}

export function* inCommon(sharing: Sharing, question: string, knowledge: string): Plan<Conclusion> {
  const { unread, label, named } = sharing;
  if (unread.length > 0) {
    return abstain(knowledge, `I see what is to be shared, but I do not understand “${unread.join(" ")}”`);
  }
  const looked: { share: Share; found: Found }[] = [];
  for (const share of sharing.shares) looked.push({ share, found: yield* whoShares(share, sharing) });
  // What few share is looked at first; who else shares something that many do is asked of those few.
  looked.sort((a, b) => a.found.total - b.found.total);
  const order = looked.map((l) => l.share);
  const [first, ...others] = order;
  const { candidates, total, isWhole } = looked[0]!.found;
  let left = candidates;
  for (const share of others) if (left.length > 0) left = (yield* whoShares(share, sharing, left)).candidates;
  const isCut = others.length > 0 && !isWhole;
  const lookedAt = `the ${candidates.length} of ${total} ${label} that share the rarest ${first!.label}`;
  if (left.length === 0) {
    const what = list(order.map((s) => `${s.count} ${s.label}`));
    const none = isCut ? `of ${lookedAt}, none shares` : `it holds no other ${label} that share`;
    return abstain(knowledge, `${none} ${what} with ${list(named.map((e) => e.name))}`);
  }
  const told = left.slice(0, TOLD);
  yield* completeWays(told, order);
  const ways = told.flatMap((t) => t.shared.flatMap((own, i) => own.ways.slice(0, order[i]!.count)));
  const sources = yield* gatherSources(
    ways.flatMap((way) => way.relations.map(asLink)),
    question,
  );
  const writer = new Writer(order, sources);
  const said = told.flatMap((t) => writer.told(t) ?? []);
  if (said.length === 0) return abstain(knowledge, "the relations are there, but no passage is stored that says them");
  const more = (others.length === 0 ? total : left.length) - said.length;
  const notes = [
    more > 0 ? `${more} more share as much; these share the rarest.` : "",
    isCut ? `Looked at: ${lookedAt}.` : "",
  ];
  return {
    thought: "What is shared is supported by passages on both sides.",
    answer: {
      answer: [`${capital(said.join("; "))}.`, ...notes].filter(Boolean).join(" "),
      abstained: false,
      citations: writer.citations.list,
    },
  };
}

/** There from the thing named to what is shared, and back from there to a candidate. */
function routesOf(share: Share): string[][] {
  return share.routes.flatMap((there) => share.routes.map((back) => [...there, ...back.toReversed()]));
}

interface Found {
  candidates: Candidate[];
  /** How many share it, as far as one name of the thing tells. */
  total: number;
  /** Whether `candidates` are all of them. */
  isWhole: boolean;
}

/** Who shares so many of one kind, the rarest first; of `among` alone, in their order, where given. */
function* whoShares(share: Share, sharing: Sharing, among?: readonly Candidate[]): Plan<Found> {
  const { named, label, categories } = sharing;
  const ids = among?.flatMap((c) => [...c.value.ids]).slice(0, ENDS);
  const asked = named
    .flatMap(({ id }) => routesOf(share).map((route) => ({ from: id, route })))
    .slice(0, PARALLEL)
    .map((a) => ({ ...a, call: findEnds(a.from, a.route, share.count, ids) }));
  const thought = among
    ? `Do they share ${share.count} ${share.label} too?`
    : `Which ${label} share ${share.count} ${share.label} with ${list(named.map((e) => e.name))}?`;
  const returned = yield { thought, calls: asked.map((a) => a.call) };
  const results = returned.map((r) => readPaths(r));
  if (results.every((r) => r === undefined)) throw new InfrastructureError(failures(returned).join("; "));
  const found = new Map<string, { value: Value; rank: number; shared: Shared }>();
  const own = new Set([...group(named).map((v) => v.key), ...named.map((e) => e.id)]);
  for (const [n, result] of results.entries()) {
    for (const [rank, end] of (result?.ends ?? []).entries()) {
      const value = group([end])[0]!;
      if (own.has(value.key) || own.has(end.id) || !(categories as readonly string[]).includes(end.category)) continue;
      const { from, route } = asked[n]!;
      const shared = { from, to: end.id, route, count: end.ways, ways: waysTo(result!, end.id) };
      const known = found.get(value.key);
      if (!known) found.set(value.key, { value, rank, shared });
      else {
        known.value.ids.add(end.id);
        known.rank = Math.min(known.rank, rank);
        if (known.shared.count < shared.count) known.shared = shared;
      }
    }
  }
  const total = Math.max(...results.map((r) => r?.total ?? 0), found.size);
  const isWhole = results.every((r) => r !== undefined && (r.ends ?? []).length === (r.total ?? 0));
  if (among) {
    const left = among.flatMap(({ value, shared }) => {
      const also = found.get(value.key);
      return also ? [{ value, shared: [...shared, also.shared] }] : [];
    });
    return { candidates: left, total, isWhole };
  }
  // The best of each list before the second best of any.
  const ranked = [...found.values()].toSorted((a, b) => a.rank - b.rank);
  return { candidates: ranked.map(({ value, shared }) => ({ value, shared: [shared] })), total, isWhole };
}

/** An answer of limited size shows the ways to the first ends only: those to the others are asked for. */
function* completeWays(candidates: readonly Candidate[], shares: readonly Share[]): Plan<void> {
  const bare = candidates.flatMap((c) => c.shared.filter((own, i) => own.ways.length < shares[i]!.count));
  if (bare.length === 0) return;
  const thought = "By which relations do they share that?";
  const returned = yield { thought, calls: bare.map(({ from, to, route }) => findRoutes(from, to, route)) };
  for (const [i, own] of bare.entries()) {
    const result = readPaths(returned[i]);
    if (result) own.ways = waysTo(result, own.to);
  }
}

/** The same thing shared in two ways is shared once. */
function waysTo(result: PathsResult, end: string): Way[] {
  const relations = new Map(result.relations.map((r) => [r.id, r]));
  const ways = new Map<string, Way>();
  for (const path of result.paths) {
    if (path.nodes.at(-1) !== end) continue;
    const steps = path.relations.flatMap((id) => relations.get(id) ?? []);
    const key = path.nodes[path.nodes.length >> 1]!;
    if (steps.length === path.relations.length && !ways.has(key)) ways.set(key, { key, relations: steps });
  }
  return [...ways.values()];
}

/** A relation that stands for itself. */
function asLink(relation: RelationHit): Link {
  return toLink({ subject: relation.subject, predicates: [], object: relation.object }, relation);
}

class Writer {
  readonly citations = new Citations();
  readonly #shares: readonly Share[];
  readonly #sources: Sources;

  constructor(shares: readonly Share[], sources: Sources) {
    this.#shares = shares;
    this.#sources = sources;
  }

  /** "Loeys-Dietz syndrome 3 (findings: Dural ectasia [1][2])"; undefined where passages are missing. */
  told({ value, shared }: Candidate): string | undefined {
    const isSound = (way: Way) => way.relations.every((r) => this.#passages(r).length > 0);
    const sound = shared.map((own) => own.ways.filter(isSound));
    if (this.#shares.some(({ count }, i) => sound[i]!.length < count)) return undefined;
    const parts = this.#shares.map(
      ({ label, count }, i) => `${label}: ${list(sound[i]!.slice(0, count).map((way) => this.#way(way)))}`,
    );
    return `${value.name} (${parts.join("; ")})`;
  }

  /** What is shared, and for longer ways over what, with the passages of every step. */
  #way({ key, relations }: Way): string {
    const marks = this.citations.marks(relations.flatMap((r) => this.#passages(r).slice(0, 1)));
    const [first] = relations;
    if (relations.length === 2) return `${first!.subject === key ? first!.subjectName : first!.objectName} ${marks}`;
    const beside = relations.filter((r) => r.subject === key || r.object === key);
    const over = beside.map((r) => (r.subject === key ? r.objectName : r.subjectName));
    const [shared] = beside.map((r) => (r.subject === key ? r.subjectName : r.objectName));
    return `${shared} through ${list(over)} ${marks}`;
  }

  #passages(relation: RelationHit) {
    return this.#sources.support.get(relation.id)?.passages ?? [];
  }
}
