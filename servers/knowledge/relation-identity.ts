/**
 * Identity of a relation: its ends, predicate, negation and qualifiers, as 64 bits and as an id. A mixing function rather
 * than a cryptographic one, so that tens of millions cost seconds; that two different relations of ten million agree in
 * all 64 bits has a chance of 3 in a million, and the store compares ends and predicate besides.
 */
import type { Qualifiers, Relation } from "../../schemas/index.ts";

/** Two signed 32-bit halves. */
export type Bits = readonly [upper: number, lower: number];

/** `R:` and 16 hexadecimal digits. The same statement from two sources is one relation with two pieces of evidence. */
export function relationId(
  relation: Pick<Relation, "subject" | "predicate" | "object" | "negated" | "qualifiers">,
): string {
  const { subject, predicate, object, negated = false, qualifiers } = relation;
  const [upper, lower] = identityOf(
    textBits(subject),
    textBits(predicate),
    textBits(object),
    negated,
    textBits(qualifierText(qualifiers)),
  );
  return `R:${hex(upper)}${hex(lower)}`;
}

/** The identity from that of its parts: who writes many relations keeps the bits of entities and predicates. */
export function identityOf(subject: Bits, predicate: Bits, object: Bits, negated: boolean, qualifiers: Bits): Bits {
  let [a, b] = [negated ? 0x2545f491 : 0x9e3779b9, 0x85ebca6b];
  a = stir(a ^ subject[0], 0xcc9e2d51);
  b = stir(b ^ subject[1], 0x1b873593) ^ (a >>> 7);
  a = stir((a + b) ^ predicate[0], 0xcc9e2d51);
  b = stir(b ^ predicate[1], 0x1b873593) ^ (a >>> 7);
  a = stir((a + b) ^ object[0], 0xcc9e2d51);
  b = stir(b ^ object[1], 0x1b873593) ^ (a >>> 7);
  a = stir((a + b) ^ qualifiers[0], 0x85ebca6b);
  b = stir(b ^ qualifiers[1], 0xc2b2ae35) ^ (a >>> 7);
  return [a | 0, b | 0];
}

/** The bits of an id; undefined where the text is none. */
export function bitsOfId(id: string): Bits | undefined {
  const digits = /^R:([0-9a-f]{8})([0-9a-f]{8})$/.exec(id);
  return digits ? [Number.parseInt(digits[1]!, 16) | 0, Number.parseInt(digits[2]!, 16) | 0] : undefined;
}

/** Of the text's UTF-8. */
export function textBits(text: string): Bits {
  const bytes = Buffer.from(text);
  return bytesBits(bytes, 0, bytes.length);
}

/** @param seed another one gives another, unrelated hash */
export function bytesBits(bytes: Uint8Array, start: number, end: number, seed = 0xdeadbeef): Bits {
  let [a, b] = [seed ^ (end - start), 0x41c6ce57];
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    a = Math.imul(a ^ byte, 0x9e3779b1);
    b = Math.imul(b ^ byte, 0x5f356495);
    a ^= a >>> 15;
  }
  a = stir(a, 0x85ebca6b);
  return [a, stir(b ^ (a >>> 3), 0xc2b2ae35)];
}

/** The qualifiers as JSON with sorted keys, "" where there are none: equal qualifiers have equal text. */
export function qualifierText(qualifiers: Qualifiers | undefined): string {
  if (!qualifiers) return "";
  const text = JSON.stringify(canonical(qualifiers));
  return text === "{}" ? "" : text;
}

/** The same value with sorted keys and without what is undefined. */
function canonical(value: object): object {
  const sorted: Record<string, unknown> = {};
  for (const key of Object.keys(value).toSorted()) {
    const inner = (value as Record<string, unknown>)[key];
    if (inner !== undefined) sorted[key] = inner !== null && typeof inner === "object" ? canonical(inner) : inner;
  }
  return sorted;
}

function stir(value: number, factor: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), factor);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0x297a2d39);
  return mixed ^ (mixed >>> 16);
}

function hex(half: number): string {
  return (half >>> 0).toString(16).padStart(8, "0");
}
