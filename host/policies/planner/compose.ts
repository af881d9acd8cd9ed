/** Says a solution: first what was asked, then the steps that lead there, each statement with its passages. */
import { verbalise, type Passage } from "../../../schemas/index.ts";
import { Citations } from "./citations.ts";
import type { Conclusion } from "./coroutine.ts";
import { anchorsOf, variablesOf, type Query, type Variable } from "./query.ts";
import { endKey, type Link, type Solution, type Value } from "./links.ts";
import type { Sources } from "./sources.ts";
import { strength } from "./strength.ts";
import { capital, list } from "./text.ts";

/** Values of one unknown that are listed; the rest is counted. */
const LISTED = 25;
const ON_THE_WAY = 6;
/** Relations of one value that are cited; a disease in two databases has many. */
const MARKED = 3;
/** More passages for one statement tire the reader. */
const PASSAGES = 2;

export function compose(query: Query, solution: Solution, sources: Sources): Conclusion | undefined {
  const writer = new Writer(query, solution, sources);
  const asked = variablesOf(query).filter((v) => v.asked);
  const parts = asked.map((v) => writer.variable(v, asked.length > 1));
  if (parts.some((p) => p === undefined)) return undefined;
  const steps = writer.remaining();
  if (asked.length === 0 && steps.length === 0) return undefined;
  const answer = [
    ...(asked.length > 0 ? parts : ["Yes."]),
    steps.length > 0 ? `${asked.length > 0 ? "This follows from: " : ""}${steps.join("; ")}.` : "",
    writer.caveats(),
  ];
  return {
    thought: `Every step is supported by a passage; ${sourcesLine(solution.links, sources)}`,
    answer: { answer: answer.filter(Boolean).join(" "), abstained: false, citations: writer.citations.list },
  };
}

function sourcesLine(links: readonly Link[], sources: Sources): string {
  const verified = links.filter((l) => sources.support.get(l.relation.id)?.verified).length;
  return `${verified} of ${links.length} statements have a second source.`;
}

class Writer {
  readonly citations = new Citations();
  readonly #query: Query;
  readonly #solution: Solution;
  readonly #sources: Sources;
  #unsupported = 0;

  constructor(query: Query, solution: Solution, sources: Sources) {
    this.#query = query;
    this.#solution = solution;
    this.#sources = sources;
  }

  /** What was found for one unknown; undefined where no value has a passage. */
  variable(variable: Variable, labelled: boolean): string | undefined {
    const { values, links } = this.#solution;
    const own = links.filter((l) => l.constraint.subject === variable.id || l.constraint.object === variable.id);
    const arguable = (values.get(variable.id)?.length ?? 0) > 1 && this.#needsStatements(variable, own);
    const linksOf = (value: Value) =>
      own.filter((l) => endKey(l, variable.id) === value.key && !this.#forward(l, variable));
    const ordered = (values.get(variable.id) ?? [])
      .map((v) => ({ name: v.name, links: linksOf(v) }))
      .toSorted((a, b) => strength(b.links) - strength(a.links));
    const cited = ordered.filter(({ links }) => links.some((l) => this.#passages(l).length > 0)).slice(0, LISTED);
    if (cited.length === 0) return undefined;
    this.#unsupported += ordered.filter(({ links }) =>
      links.every((l) => this.#sources.support.get(l.relation.id)?.passages.length === 0),
    ).length;
    const more = ordered.length - cited.length;
    const said = arguable
      ? this.#sentences(cited.flatMap((v) => v.links))
      : cited.map((v) => `${v.name} ${this.#marks(v.links)}`);
    const joined =
      said.join(arguable || said.some((s) => s.includes(", ")) ? "; " : ", ") + (more > 0 ? ` and ${more} more` : "");
    const label = variable.other ? `other ${variable.label}` : variable.label;
    return labelled && !arguable && label !== "answer" ? `${capital(label)}: ${joined}.` : `${capital(joined)}.`;
  }

  /** Statements between what was passed on the way and not asked for. */
  remaining(): string[] {
    const asked = new Set(
      variablesOf(this.#query)
        .filter((v) => v.asked)
        .map((v) => v.id),
    );
    const links = this.#solution.links.filter(
      (l) => !asked.has(l.constraint.subject) && !asked.has(l.constraint.object),
    );
    return this.#sentences(links, ON_THE_WAY);
  }

  /** "Novartis was formed by the merger of Sandoz [1] and Ciba-Geigy [2]": relations of one subject and predicate in one sentence. */
  #sentences(links: Link[], limit = Number.MAX_SAFE_INTEGER): string[] {
    const groups = Map.groupBy(links, (l) => `${l.subject}|${l.relation.predicate}`);
    return [...groups.values()].slice(0, limit).flatMap((group) => {
      const { subjectName, predicate } = group[0]!.relation;
      const objects = [...Map.groupBy(group, (l) => l.object).values()].slice(0, LISTED).flatMap((same) => {
        const marks = this.#marks(same);
        return marks ? [`${same[0]!.relation.objectName} ${marks}`] : [];
      });
      return objects.length > 0 ? [verbalise(subjectName, predicate, list(objects, LISTED))] : [];
    });
  }

  caveats(): string {
    const unread = this.#query.unread.map((u) => `“${u.text}”`);
    return [
      ...this.#readAs(),
      unread.length > 0 ? `Not looked at: ${list(unread)}.` : "",
      this.#unsupported > 0 ? `Left out for want of a stored passage: ${this.#unsupported}.` : "",
      ...this.#solution.notes.map((n) => `${capital(n)}.`),
    ]
      .filter(Boolean)
      .join(" ");
  }

  /** A name that was not taken word for word is said to be so. */
  #readAs(): string[] {
    return anchorsOf(this.#query).flatMap((anchor) => {
      const names = (this.#solution.values.get(anchor.id) ?? []).map((v) => v.name);
      const loose = anchor.entities.every((e) => e.match === "fuzzy" || e.match === "prefix");
      return loose && names.length > 0 ? [`“${anchor.text}” was read as ${list(names)}.`] : [];
    });
  }

  /** Two values on the other side, or several ways of relating: names alone would not say which belongs to which. */
  #needsStatements(variable: Variable, own: Link[]): boolean {
    const incoming = own.filter((l) => !this.#forward(l, variable));
    const others = new Map<string, Set<string>>();
    for (const l of incoming) {
      const other = l.constraint.subject === variable.id ? l.constraint.object : l.constraint.subject;
      if (this.#query.terms.get(other)?.kind === "anchor") continue;
      others.set(other, (others.get(other) ?? new Set()).add(endKey(l, other)));
    }
    const mechanisms = new Set(incoming.map((l) => l.relation.predicate));
    return (
      [...others.values()].some((keys) => keys.size > 1) ||
      variable.label.startsWith("mechanism") ||
      (mechanisms.size > 1 && own.length > 1 && variable.label.endsWith("target"))
    );
  }

  /** Does this relation lead on from the variable to one that is asked after it? It is said there. */
  #forward(link: Link, variable: Variable): boolean {
    const other = link.constraint.subject === variable.id ? link.constraint.object : link.constraint.subject;
    const order = [...this.#solution.values.keys()];
    return order.indexOf(other) > order.indexOf(variable.id);
  }

  #marks(links: Link[]): string {
    const passages: Passage[] = [];
    for (const passage of links.slice(0, MARKED).flatMap((l) => this.#passages(l))) {
      if (!passages.some((p) => overlap(p, passage))) passages.push(passage);
    }
    return this.citations.marks(passages);
  }

  #passages(link: Link) {
    return this.#sources.support.get(link.relation.id)?.passages.slice(0, PASSAGES) ?? [];
  }
}

function overlap(a: Passage, b: Passage): boolean {
  return a.document === b.document && a.start < b.end && b.start < a.end;
}
