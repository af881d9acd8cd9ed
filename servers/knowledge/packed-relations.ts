/**
 * A batch of relations as bytes: what the writer needs in the form in which it is compared, hashed and stored, so that ten
 * million relations leave no objects behind, and a batch goes to another thread without being copied.
 */
import type { Evidence, Relation } from "../../schemas/index.ts";
import { qualifierText } from "./relation-identity.ts";
import { AGENT, LEVEL } from "./statements.ts";

export interface PackedRelations {
  count: number;
  /** The texts of all relations in UTF-8, one after another. */
  text: Uint8Array;
  /**
   * For each relation: where its subject's id ends in `text`, its object's id, its predicate × 2 + negated, where its
   * qualifiers end (nothing where there are none), how many pieces of evidence follow; and for each of these where the
   * document's id ends and where the rest does: the JSON that follows the document in a statement.
   */
  fields: Int32Array;
  /** The predicates that `fields` counts. */
  predicates: string[];
}

export function packRelations(relations: readonly Relation[]): PackedRelations {
  const packer = new Packer();
  for (const relation of relations) packer.add(relation);
  return packer.finish(relations.length);
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

class Packer {
  #text = Buffer.allocUnsafeSlow(1 << 16);
  #end = 0;
  #fields = new Int32Array(1 << 12);
  #count = 0;
  readonly #predicates = new Map<string, number>();

  add({ subject, predicate, object, negated, qualifiers, evidence }: Relation): void {
    this.#write(subject);
    this.#mark(this.#end);
    this.#write(object);
    this.#mark(this.#end);
    this.#mark(this.#predicate(predicate) * 2 + (negated ? 1 : 0));
    if (qualifiers) this.#write(qualifierText(qualifiers));
    this.#mark(this.#end);
    this.#mark(evidence.length);
    for (const piece of evidence) {
      this.#write(piece.document);
      this.#mark(this.#end);
      this.#writeQuote(piece.quote);
      const rest = restOf(piece);
      if (rest) this.#write(rest);
      this.#mark(this.#end);
    }
  }

  finish(count: number): PackedRelations {
    const [text, fields] = [this.#text.subarray(0, this.#end), this.#fields.subarray(0, this.#count)];
    return { count, text, fields, predicates: [...this.#predicates.keys()] };
  }

  #predicate(name: string): number {
    let number = this.#predicates.get(name);
    if (number === undefined) this.#predicates.set(name, (number = this.#predicates.size));
    return number;
  }

  #mark(value: number): void {
    if (this.#count === this.#fields.length) {
      const larger = new Int32Array(this.#fields.length * 2);
      larger.set(this.#fields);
      this.#fields = larger;
    }
    this.#fields[this.#count++] = value;
  }

  #write(value: string): void {
    this.#reserve(value.length * 3);
    const text = this.#text;
    let at = this.#end;
    for (let i = 0; i < value.length; i++) {
      const code = value.charCodeAt(i);
      if (code > 126) {
        this.#end += text.write(value, this.#end);
        return;
      }
      text[at++] = code;
    }
    this.#end = at;
  }

  /** As a JSON string. */
  #writeQuote(value: string): void {
    this.#reserve(value.length + 2);
    const text = this.#text;
    let at = this.#end;
    text[at++] = QUOTE;
    for (let i = 0; i < value.length; i++) {
      const code = value.charCodeAt(i);
      if (code < 32 || code > 126 || code === QUOTE || code === BACKSLASH) {
        this.#write(JSON.stringify(value));
        return;
      }
      text[at++] = code;
    }
    text[at++] = QUOTE;
    this.#end = at;
  }

  #reserve(bytes: number): void {
    if (this.#end + bytes <= this.#text.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.#text.length * 2, this.#end + bytes));
    this.#text.copy(larger, 0, 0, this.#end);
    this.#text = larger;
  }
}

/** What follows the quote where it is not the usual. */
function restOf({ knowledgeLevel, agent, references }: Evidence): string {
  const level = knowledgeLevel === LEVEL ? 0 : knowledgeLevel;
  const by = agent === AGENT ? 0 : agent;
  if (references) return `,${JSON.stringify(level)},${JSON.stringify(by)},${JSON.stringify(references)}`;
  if (by) return `,${JSON.stringify(level)},${JSON.stringify(by)}`;
  return level ? `,${JSON.stringify(level)}` : "";
}
