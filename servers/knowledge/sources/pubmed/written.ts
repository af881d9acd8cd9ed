/** The parts of a regular citation as its records: the document in JSON, byte for byte what `documentOfCitation` would come to. */
import type { Document, Integrity, KnowledgeRecord } from "../../../../schemas/index.ts";
import { keysOf } from "../../identifiers.ts";
import { WrittenDocument } from "../../written-document.ts";
import { hasTitle, identifiersOf } from "./citation.ts";
import { ascii, type JsonWriter } from "./json.ts";
import type { Parts, Spans } from "./parts.ts";
import { integrityOf, noticesOf, relatedOf } from "./standing.ts";

const ID = ascii('{"id":"PMID:');
const TITLE = ascii('","title":"');
const SECTIONS = ascii('","sections":[');
const LABEL = ascii('{"label":"');
const TEXT = ascii('","text":"');
const SECTION_END = ascii('"}');
const PUBLISHED = ascii(',"published":"');
const JOURNAL = ascii(',"journal":"');
const AUTHORS = ascii(',"authors":["');
const TYPES = ascii(',"publicationTypes":["');
const MESH = ascii(',"mesh":["');
const IDENTIFIERS = ascii(',"identifiers":');
const [OBJECT, VALUE, NEXT, OBJECT_END] = [ascii('{"'), ascii('":"'), ascii('","'), ascii('"}')];
const RELATED = ascii(',"related":');
const LANGUAGE = ascii(',"language":"');
const INTEGRITY = ascii(',"integrity":"');
const LICENCE = ascii(',"licence":"');
const QUOTE = ascii('"');
const BETWEEN = ascii('","');
const LIST_END = ascii('"]');
const SEPARATOR = ascii(", ");
const COMMA = ascii(",");
const BLANK = ascii(" ");
const BRACKET = ascii("]");
const END = ascii("}");
/** What stands in place of a title is not longer. */
const NO_TITLE = "[Not Available].".length;
const RETRACTED = "Retracted Publication";

/** @throws IRREGULAR where the words of a part are not regular */
export function writtenRecords(parts: Parts, json: JsonWriter): KnowledgeRecord[] {
  const { pmid, ids, comments, revised } = parts;
  const trials = textsOf(parts.trials, json);
  // The same stands among the ids, as a rule.
  const location = ids.some(({ kind, value }) => kind === "doi" && value !== "")
    ? ""
    : (textsOf(parts.location, json)[0] ?? "");
  const identifiers = identifiersOf({ pmid, ids, location, trials });
  const related = relatedOf(trials, comments);
  const start = json.at;
  const integrity = write(parts, json, identifiers, related);
  const id = `PMID:${pmid}`;
  const facts = { id, revised, keys: keysOf({ id, identifiers }), integrity, related };
  const document = new WrittenDocument(facts, json.bytes, start, json.at);
  if (comments.length === 0) return [document];
  return [document, ...noticesOf(comments).map((notice): KnowledgeRecord => ({ type: "notice", ...notice }))];
}

/** @returns where the document stands */
function write(
  parts: Parts,
  json: JsonWriter,
  identifiers: Record<string, string>,
  related: Document["related"],
): Integrity | undefined {
  const { pmid, title, vernacular, comments } = parts;
  json.put(ID);
  json.ascii(pmid);
  json.put(TITLE);
  titleOf(title, vernacular, json);
  json.put(SECTIONS);
  sections(parts.sections, json);
  const published = parts.issued ?? parts.electronic;
  if (published) {
    json.put(PUBLISHED);
    json.ascii(published);
    json.put(QUOTE);
  }
  filled(JOURNAL, parts.journal, json);
  authors(parts.authors, json);
  const isRetracted = list(TYPES, parts.types, json, RETRACTED) || parts.isRetracted;
  list(MESH, parts.mesh, json);
  json.put(IDENTIFIERS);
  let before = OBJECT;
  for (const kind in identifiers) {
    json.put(before);
    json.ascii(kind);
    json.put(VALUE);
    json.string(identifiers[kind]!);
    before = NEXT;
  }
  json.put(OBJECT_END);
  if (related) {
    json.put(RELATED);
    json.text(JSON.stringify(related));
  }
  filled(LANGUAGE, parts.languages, json);
  const integrity = comments.length > 0 || isRetracted ? integrityOf(isRetracted, comments) : undefined;
  if (integrity) {
    json.put(INTEGRITY);
    json.ascii(integrity);
    json.put(QUOTE);
  }
  filled(LICENCE, parts.copyright, json);
  json.put(END);
  return integrity;
}

/** In the language of the article where there is no other. */
function titleOf(title: Spans, vernacular: Spans, json: JsonWriter): void {
  const start = json.at;
  words(title, json);
  if (json.at - start > NO_TITLE || hasTitle(json.bytes.toString("latin1", start, json.at))) return;
  json.at = start;
  if (!words(vernacular, json)) words(title, json);
}

function textsOf({ places, length }: Spans, json: JsonWriter): string[] {
  const texts: string[] = [];
  for (let i = 0; i < length; i += 2) texts.push(json.take(places[i]!, places[i + 1]!));
  return texts;
}

/** What there is of one element. @returns whether there are any */
function words({ places, length }: Spans, json: JsonWriter): boolean {
  return length > 0 && json.words(places[0]!, places[1]!);
}

/** A field of the words of one element, or of several with commas between them; left out where there are none. */
function filled(name: Uint8Array, { places, length }: Spans, json: JsonWriter): void {
  const start = json.at;
  json.put(name);
  const from = json.at;
  for (let i = 0; i < length; i += 2) {
    if (i > 0) json.put(SEPARATOR);
    json.words(places[i]!, places[i + 1]!);
  }
  if (json.at > from) json.put(QUOTE);
  else json.at = start;
}

/** @returns whether one of the texts is `wanted` */
function list(name: Uint8Array, { places, length }: Spans, json: JsonWriter, wanted?: string): boolean {
  if (length === 0) return false;
  let isThere = false;
  json.put(name);
  for (let i = 0; i < length; i += 2) {
    if (i > 0) json.put(BETWEEN);
    const start = json.at;
    json.words(places[i]!, places[i + 1]!);
    isThere ||= wanted !== undefined && json.reads(start, wanted);
  }
  json.put(LIST_END);
  return isThere;
}

/** Those that have words. */
function sections({ places, length }: Spans, json: JsonWriter): void {
  let isFirst = true;
  for (let i = 0; i < length; i += 4) {
    const start = json.at;
    if (!isFirst) json.put(COMMA);
    json.put(LABEL);
    json.value(places[i]!, places[i + 1]!);
    json.put(TEXT);
    if (json.words(places[i + 2]!, places[i + 3]!)) {
      json.put(SECTION_END);
      isFirst = false;
    } else json.at = start;
  }
  json.put(BRACKET);
}

/** Persons with their initials, groups by their name; left out where nobody has a name. */
function authors({ places, length }: Spans, json: JsonWriter): void {
  let before = AUTHORS;
  for (let i = 0; i < length; i += 6) {
    const start = json.at;
    json.put(before);
    const from = json.at;
    if (json.words(places[i]!, places[i + 1]!)) json.put(BLANK);
    const hasLast = json.at > from;
    if (!json.words(places[i + 2]!, places[i + 3]!) && hasLast) json.at--;
    if (json.at === from) json.words(places[i + 4]!, places[i + 5]!);
    if (json.at > from) before = BETWEEN;
    else json.at = start;
  }
  if (before === BETWEEN) json.put(LIST_END);
}
