/**
 * Answers of a query. Links form a forest, so what each variable can be is first narrowed from the leaves towards
 * the root (semi-joins); then each candidate is kept where all variables find entities that differ from each other.
 */
import { reversed, type FactGraph, type Step } from "../chains/fact-graph.ts";
import { namedEntities, satisfies, type Named, type OfCategory, type Property, type Query } from "./query.ts";

/** A variable's possible entities: all of `list`, or anything at all where there is no list. */
interface Domain {
  list?: Int32Array | number[];
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
  /** Marks of `#domains`: an entity is in variable v's domain when `#marks[v][entity]` is that domain's stamp. */
  readonly #marks: Int32Array[] = [];
  #stamp = 0;

  constructor(graph: FactGraph) {
    this.#graph = graph;
  }

  /** Entities that answer the query, ascending, at most `limit` of them. */
  answers(query: Query, limit = Infinity): number[] {
    const branches = branchesOf(query);
    const domains = this.#domains(query, branches);
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
  #domains(query: Query, branches: readonly Branch[]): Domain[] | undefined {
    const named = new Set(namedEntities(query));
    const domains: Domain[] = Array.from({ length: query.variables }, () => ({ has: (e) => !named.has(e) }));
    for (const { variable } of branches.toReversed()) {
      const children = branches.filter((b) => b.parent === variable && b.step !== undefined);
      let list: Int32Array | number[] | undefined;
      for (const child of children) {
        list = this.#narrowed(variable, list, this.#reaching(domains[child.variable]!, child.step!), named);
      }
      for (const c of query.conjuncts) {
        if (c.from !== variable || c.kind !== "named") continue;
        list = this.#narrowed(variable, list, this.#tied(c), named);
      }
      const tests = query.conjuncts.filter(
        (c): c is Property | OfCategory => c.from === variable && (c.kind === "property" || c.kind === "category"),
      );
      if (tests.length > 0) {
        const passing = (list ?? this.#everything(query)).filter((e) =>
          tests.every((t) => satisfies(this.#graph, e, t)),
        );
        list = this.#narrowed(variable, undefined, passing, named);
      }
      if (list?.length === 0) return undefined;
      if (list) domains[variable] = this.#domain(variable, list);
    }
    return domains;
  }

  /** Entities from which `step` leads into the domain. */
  #reaching({ list }: Domain, step: Step): Iterable<number> {
    return list ? this.#over(list, reversed(step)) : this.#graph.having(step);
  }

  #tied({ entity, step }: Named): Iterable<number> {
    return this.#over(this.#graph.kindsOf(entity), reversed(step));
  }

  *#over(from: Iterable<number>, step: Step): Generator<number> {
    const { first, to, step: steps } = this.#graph;
    for (const entity of from) {
      for (let k = first[entity]!; k < first[entity + 1]!; k++) if (steps[k] === step) yield to[k]!;
    }
  }

  /** Those of `list` (or of all) that are among `others`, without what the question names; each once. */
  #narrowed(
    variable: number,
    list: Int32Array | number[] | undefined,
    others: Iterable<number>,
    named: ReadonlySet<number>,
  ): number[] {
    const marks = (this.#marks[variable] ??= new Int32Array(this.#graph.size));
    const inList = ++this.#stamp;
    const taken = ++this.#stamp;
    if (list) for (const e of list) marks[e] = inList;
    const kept: number[] = [];
    for (const e of others) {
      if (marks[e] === taken || (list && marks[e] !== inList) || named.has(e)) continue;
      marks[e] = taken;
      kept.push(e);
    }
    return kept;
  }

  #domain(variable: number, list: Int32Array | number[]): Domain {
    const marks = (this.#marks[variable] ??= new Int32Array(this.#graph.size));
    const stamp = ++this.#stamp;
    for (const e of list) marks[e] = stamp;
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
  constructor() {
    super("the query has too many ways to be satisfied");
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
