/** What a sentence denies, and what it says of relatives instead of the patient: spans of the text, in the manner of NegEx. */

export interface Scope {
  start: number;
  end: number;
}

/** Words that deny what follows them, up to the end of the clause. */
const DENIAL =
  /\b(?:no(?!\s+(?:increase|change|longer|doubt))|not(?!\s+only)|without|den(?:ies|ied|ying)|absence\s+of|absent|lack(?:s|ed|ing)?(?:\s+of)?|negative\s+for|free\s+of|never(?:\s+had)?|neither|nor|rules?\s+out|ruled\s+out|exclu(?:des|ded|ding)|(?:does|did|do|has|had|is|was|were|are)n['’]t)\b/giu;
/** Words after a finding that deny it. */
const DENIED_AFTER =
  /\b(?:(?:was|were|is|are|has\s+been|have\s+been)\s+(?:(?:also|always)\s+)?(?:absent|negative|excluded|ruled\s+out|not\s+(?:present|found|observed|seen|detected|noted|reported|evident))|not\s+(?:present|found|observed|seen|detected|noted))\b/giu;
/** Words that end what is denied. */
const DENIAL_END =
  /;|\.\s|\n|\bbut\b|\bhowever\b|\balthough\b|\bthough\b|\bexcept\b|\byet\b|\bwhereas\b|\bapart\s+from\b|\bother\s+than\b|\b(?:and|who|which|he|she|they)\s+(?:has|had|have|is|was|shows?|showed|presents?|presented|develop(?:s|ed)|suffers?|complains?|with)\b|,\s*(?:has|had|with|he|she)\b/giu;
/** "not" reaches no further than a few words. */
const DENIAL_REACH = 120;

const RELATIVE =
  "(?:grand)?(?:mother|father|parents?)|mom|mum|dad|brothers?|sisters?|siblings?|twin|uncles?|aunts?|cousins?|nephews?|nieces?|(?:paternal|maternal)\\s+\\w+|family\\s+members?|relatives?";
/** A relative who has something, and family history as such. */
const FAMILY = new RegExp(
  `\\bfamily\\s+history\\b|\\b(?:${RELATIVE})\\b(?:\\s*,)?(?:\\s+\\w+){0,3}?\\s+(?:has|had|have|having|with|suffers?|suffered|died|dies|affected|diagnosed|also|is|was|were|are|shows?|showed|developed)\\b|\\b(?:${RELATIVE})['’]s?\\b`,
  "giu",
);
/** A relative who only speaks, or is only named. */
const SPEAKS =
  /\b(?:reports?|reported|notic(?:es|ed)|notes?|noted|says?|said|states?|stated|describes?|described|complain(?:s|ed)|brought|observed)\b/iu;
const FAMILY_END =
  /;|\.\s|\n|\bbut\b|\bwhereas\b|\bwhile\b|\b(?:the|this|our)\s+(?:patient|boy|girl|child|infant|proband|man|woman)\b|\b(?:he|she)\s+(?:himself\s+|herself\s+)?(?:has|had|is|was|shows?|showed|presents?|presented|develop(?:s|ed)|suffers?)\b/giu;
/** A relative named after the finding: "hypertension in his father". */
const FAMILY_AFTER = new RegExp(
  `^[^.;]{0,15}?\\b(?:in|of)\\s+(?:(?:his|her|their|the|a|both)\\s+)?(?:${RELATIVE})\\b`,
  "iu",
);

/** Spans whose findings are denied. */
export function denialScopes(text: string): Scope[] {
  const scopes: Scope[] = [];
  for (const match of text.matchAll(DENIAL)) {
    const start = match.index;
    const from = start + match[0].length;
    scopes.push({ start, end: Math.min(endOf(text, from, DENIAL_END), from + DENIAL_REACH + reachOfList(text, from)) });
  }
  for (const match of text.matchAll(DENIED_AFTER)) {
    scopes.push({ start: clauseStart(text, match.index), end: match.index });
  }
  return scopes;
}

/** Spans that speak of relatives. */
export function familyScopes(text: string): Scope[] {
  const scopes: Scope[] = [];
  for (const match of text.matchAll(FAMILY)) {
    if (SPEAKS.test(match[0])) continue;
    scopes.push({ start: match.index, end: endOf(text, match.index + match[0].length, FAMILY_END) });
  }
  return scopes;
}

/** Whether the words right after a finding give it to a relative. */
export function givenToRelative(text: string, end: number): boolean {
  return FAMILY_AFTER.test(text.slice(end, end + 60));
}

export function within(scopes: readonly Scope[], start: number, end: number): boolean {
  return scopes.some((scope) => scope.start <= start && end <= scope.end);
}

function endOf(text: string, from: number, terminator: RegExp): number {
  terminator.lastIndex = from;
  const match = terminator.exec(text);
  terminator.lastIndex = 0;
  return match ? match.index : text.length;
}

/** An enumeration is denied as a whole, however long: each comma, "or" and "and" lends further reach. */
function reachOfList(text: string, from: number): number {
  const sentence = text.slice(from, endOf(text, from, DENIAL_END));
  return 40 * [...sentence.matchAll(/,|\bor\b|\bnor\b/gu)].length;
}

/** Where the clause begins that ends at `at`. */
function clauseStart(text: string, at: number): number {
  const before = text.slice(0, at);
  return Math.max(
    before.lastIndexOf(". ") + 1,
    before.lastIndexOf(";") + 1,
    before.lastIndexOf("\n") + 1,
    before.toLowerCase().lastIndexOf(" but ") + 1,
    0,
  );
}
