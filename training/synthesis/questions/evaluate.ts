/**
 * Answers of a query. Links form a forest, so what each variable can be is first narrowed from the leaves towards
 * the root (semi-joins); then each candidate is kept where all variables find entities that differ from each other.
 */
import { reversed, type FactGraph, type Step } from "../chains/fact-graph.ts";
import { namedEntities, satisfies, type OfCategory, type Property, type Query } from "./query.ts";

type List = Int32Array | readonly number[];

/** A variable's possible entities: all of `list`, or anything at all where there is no list. */
interface Domain {
  list?: List;
  has(entity: number): boolean;
}

interface Branch {
  variable: number;
  parent: number;
  /** From the parent to this variable; undefined for the root of a component. */
  step?: Step;
}

/** Assignments tried for one answer before it is given up as undecided; trees of nine variables never come near. */
const MAX_TRIES = 20_000;

export class Evaluator {
  readonly #graph: FactGraph;
  /** Scratch of each variable: an entity is in a set of the variable's while it bears that set's stamp. */
  readonly #marks: Int32Array[] = [];
  #stamp = 0;

  constructor(graph: FactGraph) {
    this.#graph = graph;
  }

  /**
   * Entities that answer the query, ascending, at most `limit` of them.
   * @param breadth how many entities a variable may stand for
   * @throws UndecidedError where a variable could stand for more than that
   */
  answers(query: Query, limit = Infinity, breadth = Infinity): number[] {
    const branches = branchesOf(query);
    const domains = this.#domains(query, branches, breadth);
    if (!domains) return [];
    const own = domains[0]!.list ?? this.#everything(query);
    const found: number[] = [];
    const search = new Search(this.#graph, branches, domains);
    for (const candidate of own) {
      if (search.completes(candidate)) found.push(candidate);
      if (found.length >= limit) break;
    }
    return found.toSorted((a, b) => a - b);
  }

  /** How many entities answer the query. */
  count(query: Query): number {
    return this.answers(query).length;
  }

  #everything(query: Query): number[] {
    const named = new Set(namedEntities(query));
    return Array.from({ length: this.#graph.size }, (_, i) => i).filter((i) => !named.has(i));
  }

  /** Domains made consistent from the leaves to the roots; undefined where one is empty. */
  #domains(query: Query, branches: readonly Branch[], breadth: number): Domain[] | undefined {
    const named = namedEntities(query);
    const domains: Domain[] = Array.from({ length: query.variables }, () => ({ has: (e) => !named.includes(e) }));
    for (const { variable } of branches.toReversed()) {
      let list: List | undefined;
      for (const c of query.conjuncts) {
        if (c.from !== variable || c.kind !== "named") continue;
        list = this.#across(variable, list, this.#graph.kindsOf(c.entity), c.step, named);
      }
      for (const child of branches) {
        if (child.parent !== variable || child.step === undefined) continue;
        const below = domains[child.variable]!;
        list = below.list
          ? this.#across(variable, list, below.list, child.step, named)
          : this.#among(variable, list, this.#graph.having(child.step), named);
      }
      const tests = query.conjuncts.filter(
        (c): c is Property | OfCategory => c.from === variable && (c.kind === "property" || c.kind === "category"),
      );
      if (tests.length > 0) {
        list = (list ?? this.#everything(query)).filter((e) => tests.every((t) => satisfies(this.#graph, e, t)));
      }
      if (list?.length === 0) return undefined;
      if (list && list.length > breadth) throw new UndecidedError("one of the unknowns could be far too many things");
      if (list) domains[variable] = this.#domain(variable, list);
    }
    return domains;
  }

  /** Those of `list` (or of all) from which `step` leads to some of `targets`, without what is named; each once. */
  #across(variable: number, list: List | undefined, targets: List, step: Step, named: readonly number[]): List {
    const { first, to, step: steps } = this.#graph;
    const { marks, allowed, taken } = this.#prepared(variable, list, named);
    const back = reversed(step);
    const kept: number[] = [];
    for (let i = 0; i < targets.length; i++) {
      const target = targets[i]!;
      for (let k = first[target]!, end = first[target + 1]!; k < end; k++) {
        if (steps[k] !== back) continue;
        const e = to[k]!;
        if (allowed === 0 ? marks[e] === taken : marks[e] !== allowed) continue;
        marks[e] = taken;
        kept.push(e);
      }
    }
    return kept;
  }

  /** Those of `list` (or of all) that are among `others`, without what is named. */
  #among(variable: number, list: List | undefined, others: List, named: readonly number[]): List {
    const { marks, allowed, taken } = this.#prepared(variable, list, named);
    return others.filter((e) => (allowed === 0 ? marks[e] !== taken : marks[e] === allowed));
  }

  /** Marks those in `list` as allowed (0: everything is), and what is named as taken. */
  #prepared(variable: number, list: List | undefined, named: readonly number[]) {
    const marks = (this.#marks[variable] ??= new Int32Array(this.#graph.size));
    const allowed = list ? ++this.#stamp : 0;
    const taken = ++this.#stamp;
    if (list) for (let i = 0; i < list.length; i++) marks[list[i]!] = allowed;
    for (const e of named) marks[e] = taken;
    return { marks, allowed, taken };
  }

  #domain(variable: number, list: List): Domain {
    const marks = (this.#marks[variable] ??= new Int32Array(this.#graph.size));
    const stamp = ++this.#stamp;
    for (let i = 0; i < list.length; i++) marks[list[i]!] = stamp;
    return { list, has: (e) => marks[e] === stamp };
  }
}

/** Looks for entities for all variables, all different. */
class Search {
  readonly #graph: FactGraph;
  readonly #branches: readonly Branch[];
  readonly #domains: readonly Domain[];
  readonly #value: Int32Array;
  #tries = 0;

  constructor(graph: FactGraph, branches: readonly Branch[], domains: readonly Domain[]) {
    this.#graph = graph;
    this.#branches = branches;
    this.#domains = domains;
    this.#value = new Int32Array(domains.length).fill(-1);
  }

  completes(answer: number): boolean {
    this.#tries = 0;
    this.#value.fill(-1);
    this.#value[0] = answer;
    return this.#assign(1);
  }

  #assign(position: number): boolean {
    const branch = this.#branches[position];
    if (!branch) return true;
    if (++this.#tries > MAX_TRIES) throw new UndecidedError();
    const { variable, parent, step } = branch;
    const domain = this.#domains[variable]!;
    if (step === undefined) {
      // A loose variable that nothing is said of can be anything.
      if (!domain.list) return this.#assign(position + 1);
      for (const entity of domain.list) if (this.#try(variable, entity, position)) return true;
      return false;
    }
    const { first, to, step: steps } = this.#graph;
    const from = this.#value[parent]!;
    for (let k = first[from]!; k < first[from + 1]!; k++) {
      if (steps[k] !== step || !domain.has(to[k]!)) continue;
      if (this.#try(variable, to[k]!, position)) return true;
    }
    return false;
  }

  #try(variable: number, entity: number, position: number): boolean {
    if (this.#value.includes(entity)) return false;
    this.#value[variable] = entity;
    if (this.#assign(position + 1)) return true;
    this.#value[variable] = -1;
    return false;
  }
}

/** The query could not be decided within bounds; a question of it is given up. */
export class UndecidedError extends Error {
  constructor(why = "the query has too many ways to be satisfied") {
    super(why);
  }
}

/** Variables in an order in which parents come first; 0 first, then the roots of loose components. */
function branchesOf({ variables, conjuncts }: Query): Branch[] {
  const branches: Branch[] = [];
  const seen = new Set<number>();
  for (let root = 0; root < variables; root++) {
    if (seen.has(root)) continue;
    seen.add(root);
    branches.push({ variable: root, parent: -1 });
    for (let i = branches.length - 1; i < branches.length; i++) {
      const parent = branches[i]!.variable;
      for (const c of conjuncts) {
        if (c.kind !== "link") continue;
        if (c.from === parent && !seen.has(c.to)) {
          seen.add(c.to);
          branches.push({ variable: c.to, parent, step: c.step });
        } else if (c.to === parent && !seen.has(c.from)) {
          seen.add(c.from);
          branches.push({ variable: c.from, parent, step: reversed(c.step) });
        }
      }
    }
  }
  return branches;
}
