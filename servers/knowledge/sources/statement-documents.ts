/**
 * Evidence for sources that are tables: each row becomes a line of a document that says where the rows come from, and the
 * relation quotes its line. So a relation of a table can be checked like one of a paper.
 */
import type { Document, KnowledgeRecord, KnowledgeLevel, Relation } from "../../../schemas/index.ts";

/** Lines of one document: some ten thousand characters. */
const LINES = 100;

export interface StatementSource {
  /** Begins the ids of the documents, `PREFIX:local`. */
  id: string;
  title: string;
  publisher?: string;
  licence?: string;
  published?: string;
}

export interface Said {
  /** Without evidence. */
  relation: Relation;
  /** The row as a sentence: one line. */
  line: string;
  knowledgeLevel?: (typeof KnowledgeLevel)["options"][number];
  agent?: string;
  references?: string[];
}

/** Gathers rows and yields each document before the relations that quote it. */
export class StatementDocuments {
  readonly #source: StatementSource;
  #said: Said[] = [];
  #count = 0;

  constructor(source: StatementSource) {
    this.#source = source;
  }

  /** @returns records when a document is full, else nothing */
  add(said: Said): KnowledgeRecord[] {
    return this.#said.push(said) < LINES ? [] : this.finish();
  }

  /** The records of what is left. */
  finish(): KnowledgeRecord[] {
    const said = this.#said;
    if (said.length === 0) return [];
    this.#said = [];
    const document = this.#document(said);
    return [
      { type: "document", document },
      ...said.map(({ relation, line, knowledgeLevel, agent, references }): KnowledgeRecord => {
        const evidence = {
          document: document.id,
          quote: line,
          knowledgeLevel: knowledgeLevel ?? "knowledge_assertion",
          agent: agent ?? "manual_agent",
          ...(references && references.length > 0 ? { references } : {}),
        };
        return { type: "relation", relation: { ...relation, evidence: [evidence] } };
      }),
    ];
  }

  #document(said: readonly Said[]): Document {
    const { id, title, publisher, licence, published } = this.#source;
    const first = this.#count + 1;
    this.#count += said.length;
    return {
      id: `${id}-${first}`,
      title: `${title}, statements ${first} to ${this.#count}`,
      sections: [{ label: "", text: [...new Set(said.map(({ line }) => line))].join("\n") }],
      // In the order of the schema: written out and read back it is the same text.
      ...(published ? { published } : {}),
      ...(publisher ? { publisher } : {}),
      publicationTypes: ["Curated Database"],
      ...(licence ? { licence } : {}),
    };
  }
}

/** One line of a document: white space of any kind, as in a name over two lines, becomes a space. */
export function oneLine(text: string): string {
  return text.replace(/\s+/gu, " ").trim();
}
