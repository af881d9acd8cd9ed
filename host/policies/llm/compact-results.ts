/** Tool results as short lines: who is related to whom, what a passage says, what a source said of itself. */
import { z } from "zod";
import { DocumentHit, Entity, Outcome, Passage, RelationHit, ToolFailure } from "../../../schemas/index.ts";
import { Diagnosis, Finding, Path } from "../../../schemas/index.ts";
import type { Handles } from "./handles.ts";

/** Lines of one kind in one result; what is left out is counted. */
const LINES = 12;
const PASSAGES = 4;
const PASSAGE_CHARACTERS = 160;
const OTHER_CHARACTERS = 300;

/** Of no use to a model that sees the lines: its own words again, and how they were ranked. */
const LEFT_OUT = new Set("query relevanceMethod lambda length outline document truncated to degree".split(" "));

const RelationCount = z.object({ predicate: z.string(), direction: z.string(), count: z.number() });

interface Reader<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false };
}

export class CompactResults {
  readonly #handles: Handles;
  readonly #described = new Set<string>();
  #asked: string;

  constructor(handles: Handles) {
    this.#handles = handles;
    this.#asked = handles.restated();
  }

  /** @param result structuredContent, or `{error: ToolFailure}` */
  show(result: unknown): string {
    if (typeof result !== "object" || result === null || Array.isArray(result)) return cut(result, OTHER_CHARACTERS);
    const fields = result as Record<string, unknown>;
    const failure = ToolFailure.safeParse(fields["error"]);
    if (failure.success) return `failed: ${failure.data.message}; ${failure.data.recovery}`;
    if (!("outcomes" in fields)) return `unreadable: ${cut(fields, OTHER_CHARACTERS)}`;
    const lines = [...this.#lines(fields), ...this.#restated()];
    return lines.length > 0 ? lines.join("\n") : "nothing found";
  }

  #lines(fields: Record<string, unknown>): string[] {
    const { documents, passages, relations, entities, entity, outcomes, nextCursor, notes, ...rest } = fields;
    const { paths, diagnoses, findings, relationCounts, total, ...others } = rest;
    const cards = listOf(entity === undefined ? [] : [entity], Entity);
    const things = listOf(entities, Entity);
    const quoted = listOf(passages, Passage);
    const byId = new Map([...cards, ...things].map((e) => [e.id, e]));
    const said = listOf(relations, RelationHit);
    const byRelation = new Map(said.map((r) => [r.id, r]));
    const relation = (r: RelationHit) => this.#relation(r, byId);
    return [
      ...limited(listOf(paths, Path), (path) => this.#path(path, byRelation, byId)),
      ...(paths === undefined ? limited(said, relation) : []),
      ...cards.map((e) => this.#card(e)),
      ...(said.length > 0 ? [] : limited(things, (e) => this.#entity(e.id, e.name, e))),
      ...limited(listOf(diagnoses, Diagnosis), (d) => `${this.#entity(d.disease, d.name)} ${d.posterior.toFixed(3)}`),
      ...limited(listOf(findings, Finding), (f) => `${f.negated ? "not " : ""}${this.#entity(f.id, f.label)}`),
      ...relationLine(listOf(relationCounts, RelationCount)),
      ...limited(quoted, (p) => this.#passage(p, said), PASSAGES),
      ...limited(this.#newDocuments(listOf(documents, DocumentHit), quoted), (d) => this.#document(d)),
      ...(typeof total === "number" && total > said.length + things.length ? [`total: ${total}`] : []),
      ...otherFields(others),
      ...(Array.isArray(notes) && notes.length > 0 ? [`note: ${cut(notes.join(" "), OTHER_CHARACTERS)}`] : []),
      ...listOf(outcomes, Outcome).flatMap(unwell),
      ...(typeof nextCursor === "string" ? [`more: ${this.#handles.give("c", nextCursor)}`] : []),
    ];
  }

  #card({ id, name, category, attributes = {} }: Entity): string {
    this.#described.add(id);
    return `${this.#handles.give("e", id, name)} ${name} (${category})${attributesOf(Object.entries(attributes))}`;
  }

  /** At its first mention with name, kind and what the question asks of such things; then its handle alone. */
  #entity(id: string, name: string, entity?: Entity): string {
    const handle = this.#handles.give("e", id, name);
    if (this.#described.has(id)) return handle;
    this.#described.add(id);
    if (!entity) return `${handle} ${name}`;
    const asked = Object.entries(entity.attributes ?? {}).filter(([, value]) => this.#handles.isAsked(String(value)));
    return `${handle} ${name} (${entity.category})${attributesOf(asked)}`;
  }

  #relation(relation: RelationHit, entities: ReadonlyMap<string, Entity>): string {
    const { id, subject, predicate, object, subjectName, objectName, negated, qualifiers } = relation;
    const known = this.#described.has(id);
    this.#described.add(id);
    const handle = this.#handles.give("r", id);
    if (known) return handle;
    const ends = [
      this.#entity(subject, subjectName, entities.get(subject)),
      this.#entity(object, objectName, entities.get(object)),
    ];
    const context = Object.values(qualifiers ?? {}).flatMap((part) => Object.entries(part ?? {}));
    const said = context.map(([key, value]) => ` ${key}=${value}`).join("");
    return `${handle} ${ends[0]} ${negated ? "not " : ""}${predicate} ${ends[1]}${said}`;
  }

  #path({ nodes, relations }: Path, byId: ReadonlyMap<string, RelationHit>, entities: ReadonlyMap<string, Entity>) {
    const said = relations.map((id) => byId.get(id)).filter((r) => r !== undefined);
    const lines = said.map((r) => this.#relation(r, entities));
    const ends = [nodes[0], nodes.at(-1)].map((id) => this.#handles.handleOf(id ?? ""));
    return `path ${ends.join(" to ")}: ${lines.join("; ")}`;
  }

  /** Of a passage that proves a relation, the words that do; names that have handles are written as these. */
  #passage({ id, document, text }: Passage, relations: readonly RelationHit[]): string {
    const handle = this.#handles.give("p", id);
    const known = this.#described.has(id);
    this.#described.add(id);
    const quotes = relations.flatMap(({ evidence }) => evidence.filter((e) => e.document === document));
    const words = [...new Set(quotes.map(({ quote }) => quote).filter((quote) => text.includes(quote)))];
    const said = this.#handles.write(words.length > 0 ? words.join(" … ") : text);
    return known ? handle : `${handle} ${this.#handles.give("d", document)}: ${cut(said, PASSAGE_CHARACTERS)}`;
  }

  /** The question once more, whenever names in it have got handles: what to begin with then stands in it. */
  #restated(): string[] {
    const asked = this.#handles.restated();
    if (asked === this.#asked) return [];
    this.#asked = asked;
    return [`@q: ${asked}`];
  }

  /** Documents that no passage speaks for yet, once each; one that is retracted or old says so each time. */
  #newDocuments(documents: DocumentHit[], quoted: Passage[]): DocumentHit[] {
    const shown = new Set(quoted.slice(0, PASSAGES).map((p) => p.document));
    return documents.filter((d) => !(this.#described.has(d.id) || shown.has(d.id)) || standing(d) !== "");
  }

  #document(document: DocumentHit): string {
    this.#described.add(document.id);
    const { id, title, published } = document;
    const date = published ? ` ${published}` : "";
    return `${this.#handles.give("d", id, title)} ${title}${date}${standing(document)}`;
  }
}

function attributesOf(attributes: readonly (readonly [string, unknown])[]): string {
  return attributes.map(([key, value]) => ` ${key}=${String(value)}`).join("");
}

function relationLine(counts: z.infer<typeof RelationCount>[]): string[] {
  const said = counts.map(({ predicate, direction, count }) => `${count} ${predicate} ${direction}`);
  return said.length > 0 ? [`relations: ${said.join(", ")}`] : [];
}

function standing({ integrity, stale }: DocumentHit): string {
  const bad = integrity && integrity !== "ok" ? ` ${integrity.toUpperCase()}` : "";
  return `${bad}${stale ? " STALE" : ""}`;
}

function unwell({ source, outcome, message }: Outcome): string[] {
  if (outcome === "found" || outcome === "empty") return [];
  // Why a source is not there at all is of no use; why it gave less than it has may be.
  return [`${source} ${outcome}${outcome === "degraded" && message ? `: ${cut(message, 100)}` : ""}`];
}

function otherFields(fields: Record<string, unknown>): string[] {
  const shown = Object.entries(fields).filter(
    ([key, value]) => !LEFT_OUT.has(key) && !(Array.isArray(value) && value.length === 0),
  );
  return shown.map(([key, value]) => `${key}: ${cut(value, OTHER_CHARACTERS)}`);
}

function limited<T>(list: readonly T[], line: (item: T) => string, most = LINES): string[] {
  const left = list.length - most;
  return [...list.slice(0, most).map(line), ...(left > 0 ? [`… ${left} more`] : [])];
}

function listOf<T>(value: unknown, schema: Reader<T>): T[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item) => {
    const read = schema.safeParse(item);
    return read.success ? [read.data] : [];
  });
}

function cut(value: unknown, limit: number): string {
  const text = (typeof value === "string" ? value : (JSON.stringify(value) ?? "")).replace(/\s+/g, " ");
  return text.length <= limit ? text : `${text.slice(0, limit)}…`;
}
