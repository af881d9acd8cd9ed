/** What a sentence denies, and what it says of relatives instead of the patient: spans of the text, in the manner of NegEx. */

import { CUE } from "./cues.ts";
import type { Reading } from "./reading.ts";

export interface Scope {
  start: number;
  end: number;
}

/** Words that deny what follows them, up to the end of the clause. */
const DENIAL =
  /\b(?:no(?!\s+(?:increase|change|longer|doubt))|not(?!\s+only)|without|den(?:ies|ied|ying)|absence\s+of|absent|lack(?:s|ed|ing)?(?:\s+of)?|(?:negative|unremarkable)\s+for|free\s+(?:of|from)|fail(?:s|ed)?\s+to\s+(?:show|reveal|demonstrate|detect|develop)|never(?:\s+had)?|neither|nor|rules?\s+out|ruled\s+out|exclu(?:des|ded|ding)|(?:does|did|do|has|had|is|was|were|are)n['’]t)\b/iuy;
/** Words after a finding that deny it. */
const DENIED_AFTER =
  /\b(?:(?:was|were|is|are|has\s+been|have\s+been)\s+(?:(?:also|always|never)\s+)?(?:absent|negative|excluded|ruled\s+out|not\s+(?:present|found|observed|seen|detected|noted|reported|evident|confirmed|documented|demonstrated))|(?:has|have|had)\s+(?:not|never)\s+been\s+(?:present|found|observed|seen|detected|noted|reported|confirmed|documented|demonstrated)|(?:was|were)\s+\w+\s+but\s+(?:not|never)\s+(?:confirmed|found|documented|demonstrated)|(?:was|were)\s+never\s+(?:present|found|observed|seen|detected|noted|reported)|not\s+(?:present|found|observed|seen|detected|noted|confirmed))\b/iuy;
/** Words that end what is denied. */
const DENIAL_END =
  /;|\.\s|\n|\bbut\b|\bhowever\b|\balthough\b|\bthough\b|\bexcept\b|\byet\b|\bwhereas\b|\bapart\s+from\b|\bother\s+than\b|\b(?:and|who|which|he|she|they)\s+(?:has|had|have|is|was|shows?|showed|presents?|presented|develop(?:s|ed)|suffers?|complains?|with)\b|,\s*(?:has|had|with|he|she)\b/iu;
/** Cues after which a list is denied as a whole, whatever joins it. */
const DENIES_LIST = /^(?:den|negative|free|neither|nor|absence|exclu|rule)/iu;
/** What makes any cue deny the whole list. */
const OF_LIST =
  /^\s+(?:(?:any|clear|known|clinical|other|further)\s+)*(?:history|evidence|signs?|symptoms?|complaints?|features?)\b/iu;
/** "and" before an article, a possessive or a preposition begins what is not denied any more. */
const NEW_ITEM = /(?:,\s*)?\b(?:and|with)\s+(?:an?|the|his|her|with|also)\b/iu;
const BARE_ITEM = /^\s*(?:any\s+)?[\p{L}]+\s*$/u;
/** "not" reaches no further than a few words. */
const DENIAL_REACH = 120;
const LONGEST_CLAUSE = 1000;

const RELATIVE =
  "(?:grand)?(?:mother|father|parents?)|mom|mum|dad|brothers?|sisters?|siblings?|twin|uncles?|aunts?|cousins?|nephews?|nieces?|(?:paternal|maternal)\\s+\\w+|family\\s+members?|relatives?";
/** A relative who has something, and family history as such. */
const FAMILY = new RegExp(
  `\\bfamily\\s+history\\b|\\b(?:${RELATIVE})\\b(?:\\s*,)?(?:\\s+(?!(?:he|she|they|the|this|our)\\b)\\w+){0,3}?\\s+(?:has|had|have|having|with|suffers?|suffered|died|dies|affected|diagnosed|also|is|was|were|are|shows?|showed|developed)\\b|\\b(?:${RELATIVE})['’]s?\\b`,
  "iuy",
);
/** A relative who only speaks, or is only named. */
const SPEAKS =
  /\b(?:reports?|reported|notic(?:es|ed)|notes?|noted|says?|said|states?|stated|describes?|described|complain(?:s|ed)|brought|observed)\b/iu;
const FAMILY_END =
  /;|\.\s|\n|\bbut\b|\bwhereas\b|\bwhile\b|\b(?:the|this|our)\s+(?:patient|boy|girl|child|infant|proband|man|woman)\b|\b(?:he|she)\s+(?:himself\s+|herself\s+)?(?:has|had|is|was|shows?|showed|presents?|presented|develop(?:s|ed)|suffers?)\b/iu;
/** A relative named after the finding: "hypertension in his father". */
const FAMILY_AFTER = new RegExp(
  `^[^.;]{0,15}?\\b(?:in|of)\\s+(?:(?:his|her|their|the|a|both)\\s+)?(?:${RELATIVE})\\b`,
  "iu",
);

/** Spans whose findings are denied. A cue inside a finding's own name ("absent reflexes", "no speech") denies nothing. */
export function denialScopes(reading: Reading, names: readonly Scope[]): Scope[] {
  const { text } = reading;
  const scopes: Scope[] = [];
  for (const match of foundAt(reading, CUE.denial, DENIAL)) {
    if (within(names, match.index, match.index + match[0].length)) continue;
    const from = match.index + match[0].length;
    const clause = text.slice(from, endOf(text, from, DENIAL_END));
    const reach = Math.min(reachOf(clause), listEnd(match[0], clause));
    scopes.push({ start: match.index, end: from + reach });
  }
  for (const match of foundAt(reading, CUE.deniedAfter, DENIED_AFTER)) {
    if (within(names, match.index, match.index + match[0].length)) continue;
    scopes.push({ start: clauseStart(text, match.index), end: match.index });
  }
  return merged(scopes);
}

/** Spans that speak of relatives. */
export function familyScopes(reading: Reading): Scope[] {
  const { text } = reading;
  const scopes: Scope[] = [];
  for (const match of foundAt(reading, CUE.relative, FAMILY)) {
    if (SPEAKS.test(match[0])) continue;
    scopes.push({ start: match.index, end: endOf(text, match.index + match[0].length, FAMILY_END) });
  }
  return merged(scopes);
}

/** Words that make what follows uncertain, up to the next comma or conjunction. */
const UNSURE =
  /\b(?:possibl[ey]|probabl[ey]|suspect(?:ed|s)?(?:\s+(?:of|to\s+have))?|suspicious\s+(?:of|for)|questionable|likely|presum(?:ed|ably|ptive)|suggest(?:s|ive|ing|ed)(?:\s+of)?|consistent\s+with|may|might|maybe|perhaps|borderline|equivocal|doubtful|uncertain)\b(?!\s+not\b)/iuy;
/** Words after a finding that make it uncertain. */
const UNSURE_AFTER =
  /\b(?:(?:is|was|are|were)\s+(?:(?:also|only|very)\s+)?(?:possible|probable|likely|suspected|questionable|considered|uncertain|equivocal|doubtful|presumed)|(?:cannot|could\s+not|can\s+not|not)\s+(?:be\s+)?(?:excluded|ruled\s+out))\b/iuy;
const UNSURE_END = /[,;:()]|\.\s|\n|\b(?:and|but|with|because|since|who|which|that|was|were|is|are|has|had)\b/iu;
const UNSURE_REACH = 60;

/** Spans that a text puts as possible only. */
export function unsureScopes(reading: Reading): Scope[] {
  const { text } = reading;
  const scopes: Scope[] = [];
  for (const match of foundAt(reading, CUE.unsure, UNSURE)) {
    const from = match.index + match[0].length;
    scopes.push({ start: match.index, end: Math.min(endOf(text, from, UNSURE_END), from + UNSURE_REACH) });
  }
  for (const match of foundAt(reading, CUE.unsure, UNSURE_AFTER)) {
    const before = text.slice(Math.max(0, match.index - UNSURE_REACH), match.index);
    const ends = [...before.matchAll(/[,;:()]|\.\s|\n|\band\b/giu)].at(-1);
    scopes.push({ start: match.index - before.length + (ends ? ends.index + ends[0].length : 0), end: match.index });
  }
  return merged(scopes);
}

/** Whether the words right after a finding give it to a relative. */
export function givenToRelative(text: string, end: number): boolean {
  return FAMILY_AFTER.test(text.slice(end, end + 60));
}

/** What a pattern finds where a word with a cue stands, each after the end of the one before. @param pattern sticky */
export function foundAt(reading: Reading, cue: number, pattern: RegExp): RegExpExecArray[] {
  const found: RegExpExecArray[] = [];
  if ((reading.cues & cue) === 0) return found;
  let end = 0;
  for (let i = 0; i < reading.count; i++) {
    if ((reading.cue[i]! & cue) === 0 || reading.start[i]! < end) continue;
    pattern.lastIndex = reading.start[i]!;
    const match = pattern.exec(reading.text);
    if (!match) continue;
    found.push(match);
    end = match.index + match[0].length;
  }
  return found;
}

/** "fever: absent", "seizures (-)", as in lists of findings. */
const DENIED_IN_LIST =
  /\s*(?:[:=]\s*(?:none|absent|negative|no|nil|denied|not\s+present|[−–-](?=\s*(?:[,;.)]|$)))|\(\s*(?:[−–-]|absent|negative|no)\s*\))(?![\p{L}\d])/iuy;

/** Whether the mark right after a finding, as in a list of findings, denies it. */
export function deniedInList(text: string, end: number): boolean {
  const next = text[end] === " " ? text[end + 1] : text[end];
  if (next !== ":" && next !== "=" && next !== "(") return false;
  DENIED_IN_LIST.lastIndex = end;
  return DENIED_IN_LIST.test(text);
}

/** Whether one of the scopes, ascending and apart, holds the span. */
export function within(scopes: readonly Scope[], start: number, end: number): boolean {
  let low = 0;
  let high = scopes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (scopes[middle]!.end < end) low = middle + 1;
    else high = middle;
  }
  return low < scopes.length && scopes[low]!.start <= start;
}

/** Overlapping scopes joined, in order. */
export function merged(scopes: readonly Scope[]): Scope[] {
  const joined: Scope[] = [];
  for (const scope of scopes.toSorted((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (last && scope.start <= last.end) last.end = Math.max(last.end, scope.end);
    else joined.push({ ...scope });
  }
  return joined;
}

/** Where the clause ends that begins at `from`, looking no further than a long sentence. */
function endOf(text: string, from: number, terminator: RegExp): number {
  const clause = text.slice(from, from + LONGEST_CLAUSE);
  const at = clause.search(terminator);
  return from + (at < 0 ? clause.length : at);
}

/**
 * Where in a clause that begins with a denial the denied list ends. A list joined by "or" is denied up to the item after
 * the last "or", one of single words as a whole; any other comma ends the denial: "no fever, webbed neck, short stature
 * and a heart murmur".
 */
function listEnd(cue: string, clause: string): number {
  const item = NEW_ITEM.exec(clause);
  const list = item ? clause.slice(0, item.index) : clause;
  const comma = list.indexOf(",");
  if (comma < 0 || DENIES_LIST.test(cue) || OF_LIST.test(list)) return list.length;
  const or = Math.max(...[...list.matchAll(/\bn?or\b/giu)].map((match) => match.index), -1);
  if (or > comma) {
    const next = list.indexOf(",", or);
    return next < 0 ? list.length : next;
  }
  const items = list.slice(0, /\n|\.$/u.exec(list)?.index ?? list.length).split(/,\s*and\b|,|\band\b/u);
  return items.length > 2 && items.every((part) => BARE_ITEM.test(part)) ? list.length : comma;
}

/** An enumeration is denied as a whole, however long: each comma, "or" and "nor" lends further reach. */
function reachOf(clause: string): number {
  return DENIAL_REACH + 40 * [...clause.matchAll(/,|\bn?or\b/gu)].length;
}

/** Where the clause begins that ends at `at`. */
function clauseStart(text: string, at: number): number {
  const from = Math.max(0, at - LONGEST_CLAUSE);
  const before = text.slice(from, at).toLowerCase();
  const ends = [". ", ";", "\n", " but "].map((mark) => before.lastIndexOf(mark) + 1);
  return from + Math.max(...ends);
}
