/** Records of the same thing from several sources as one document. */
import type { Document, Impact, Integrity } from "../../../schemas/index.ts";
import type { LiveDocument } from "../../knowledge/live-documents.ts";
import type { SourceName } from "../source-names.ts";
import { contradiction, keysOf, namesOf } from "./keys.ts";

export interface SourceRecord {
  source: SourceName;
  document: LiveDocument;
}

export interface Thing {
  /** With everything that any copy knows of it. Its text and id are those of one copy, so that quotes stay verbatim. */
  document: LiveDocument;
  /** Who has it, each once, in the order given. */
  sources: SourceName[];
  /** Whether the text is that of the local store. */
  stored: boolean;
}

interface Group {
  keys: Set<string>;
  records: SourceRecord[];
}

/**
 * @param records in order of preference
 * @param stored the document of record with such an id or identifier: its text is kept, since it is what readers get
 * @returns each thing once, in the order of its first record, and what could not be decided
 */
export function mergeRecords(
  records: readonly SourceRecord[],
  stored: (id: string) => Document | undefined,
): { things: Thing[]; notes: string[] } {
  const notes = new Set<string>();
  const byKey = new Map<string, Group>();
  for (const record of records) {
    const keys = new Set(keysOf(record.document));
    const group: Group = { keys, records: [record] };
    for (const other of new Set([...keys].flatMap((key) => byKey.get(key) ?? []))) {
      const isOne = other.records.some(({ document }) => document.id === record.document.id);
      const clash = isOne ? undefined : contradiction(group.keys, other.keys);
      if (clash) notes.add(`${clash.toSorted().join(" and ")} share an identifier, but are two records: kept apart`);
      else join(group, other);
    }
    for (const key of group.keys) byKey.set(key, group);
  }
  const place = new Map(records.map((record, i) => [record, i]));
  const inOrder = (a: SourceRecord, b: SourceRecord) => place.get(a)! - place.get(b)!;
  const groups = [...new Set(byKey.values())].map(({ records }) => records.toSorted(inOrder));
  const things = groups.toSorted((a, b) => inOrder(a[0]!, b[0]!)).map((group) => asThing(group, stored));
  return { things, notes: [...notes] };
}

function join(into: Group, other: Group): void {
  into.records.push(...other.records);
  for (const key of other.keys) into.keys.add(key);
}

function asThing(records: readonly SourceRecord[], stored: (id: string) => Document | undefined): Thing {
  const copies = records.map(({ document }) => document);
  const own = storedCopy(copies, stored);
  const sources = [...new Set(records.map(({ source }) => source))];
  const text = own ?? copies.reduce((best, copy) => (hasBetterText(copy, best) ? copy : best));
  return { document: mergedInto(text, own ? [own, ...copies] : copies), sources, stored: own !== undefined };
}

/** An identifier may also lead to a document that merely names the thing. */
function storedCopy(copies: readonly Document[], stored: (id: string) => Document | undefined): Document | undefined {
  for (const name of new Set(copies.flatMap(namesOf))) {
    const found = stored(name);
    const isThing = found && keysOf(found).some((key) => copies.some((copy) => keysOf(copy).includes(key)));
    if (isThing) return found;
  }
  return undefined;
}

/** A whole copy beats a part, and one with much more text is the fuller; else a fresh one beats an old one, and the preferred source decides. */
const MUCH_MORE = 1.5;

function hasBetterText(copy: LiveDocument, than: LiveDocument): boolean {
  if (Boolean(copy.incomplete) !== Boolean(than.incomplete)) return !copy.incomplete;
  const [mine, its] = [textLength(copy), textLength(than)];
  if (mine > MUCH_MORE * its || its > MUCH_MORE * mine) return mine > its;
  return Boolean(than.stale) && !copy.stale;
}

function textLength({ sections }: Pick<Document, "sections">): number {
  return sections.reduce((sum, { text }) => sum + text.length, 0);
}

/** What is said of a text alone: a fresh copy beside an old one makes no text fresh. */
const OF_THE_TEXT = ["fetchedAt", "stale", "incomplete", "contentHash"] as const;

/** The text of one copy; of the rest what it lacks, all names and relations of any, and the worst news. */
export function mergedInto(text: LiveDocument, copies: readonly LiveDocument[]): LiveDocument {
  const known = Object.assign({}, ...copies.toReversed(), text) as LiveDocument;
  for (const field of OF_THE_TEXT) if (text[field] === undefined) delete known[field];
  const identifiers = unitedIdentifiers(copies);
  const related = unitedRelations(copies);
  const publicationTypes = distinct(copies.flatMap(({ publicationTypes = [] }) => publicationTypes));
  const integrity = worstOf(copies);
  const impact = Object.assign({}, ...copies.toReversed().map((copy) => copy.impact)) as Impact;
  return {
    ...known,
    ...(Object.keys(identifiers).length > 0 ? { identifiers } : {}),
    ...(Object.keys(related).length > 0 ? { related } : {}),
    ...(publicationTypes.length > 0 ? { publicationTypes } : {}),
    ...(integrity ? { integrity } : {}),
    ...(Object.keys(impact).length > 0 ? { impact } : {}),
  };
}

/** Kinds of which one thing has many; of the others the preferred source is believed. */
const MANY: ReadonlySet<string> = new Set(["ndc", "rxcui", "unii", "nct", "application"]);

function unitedIdentifiers(copies: readonly Document[]): Record<string, string> {
  const united: Record<string, string> = {};
  for (const copy of copies) {
    for (const [kind, value] of Object.entries({ ...copy.identifiers, ...ownIdentifier(copy.id) })) {
      const before = united[kind];
      if (before === undefined) united[kind] = value;
      else if (MANY.has(kind)) united[kind] = distinct([...before.split(", "), ...value.split(", ")]).join(", ");
    }
  }
  return united;
}

/** The id of a copy that gave way leads to the thing, too. */
function ownIdentifier(id: string): Record<string, string> {
  const kind = { PMID: "pmid", PMC: "pmcid", DOI: "doi", SPL: "setid", NCT: "nct" }[id.slice(0, id.indexOf(":"))];
  return kind ? { [kind]: id.slice(id.indexOf(":") + 1) } : {};
}

function unitedRelations(copies: readonly Document[]): Record<string, string[]> {
  const united: Record<string, string[]> = {};
  for (const { related = {} } of copies) {
    for (const [kind, ids] of Object.entries(related)) united[kind] = distinct([...(united[kind] ?? []), ...ids]);
  }
  return united;
}

/** Each once, whatever its case and hyphens, as first written. */
function distinct(values: readonly string[]): string[] {
  const seen = new Map<string, string>();
  for (const value of values) {
    const key = value.toLowerCase().replaceAll("-", " ");
    if (!seen.has(key)) seen.set(key, value);
  }
  return [...seen.values()];
}

const BAD_NEWS: readonly Integrity[] = ["ok", "corrected", "concern", "retracted"];

function worstOf(copies: readonly Document[]): Integrity | undefined {
  return copies
    .flatMap(({ integrity }) => (integrity ? [integrity] : []))
    .toSorted((a, b) => BAD_NEWS.indexOf(b) - BAD_NEWS.indexOf(a))[0];
}
