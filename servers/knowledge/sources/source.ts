/** What every kind of source is to the import loop: a name, a sentence about it, and a stream of records. */
import type { KnowledgeRecord } from "../../../schemas/index.ts";

/** A place in the input that could not be used, said so that a person can find it. */
export interface Problem {
  file: string;
  /** From 1; absent where the trouble is not on one line. */
  line?: number;
  reason: string;
  /** The file ends before its end: all that follows is missing, and nobody knows how much. */
  torn?: true;
}

/** What a parser tells its reader beside the records. */
export interface SourceContext {
  /** A row was skipped. */
  problem(problem: Problem): void;
  /** What the files say of themselves; goes into the manifest. */
  about(facts: { version?: string; licence?: string }): void;
}

export interface Source {
  kind: string;
  /** One line for the usage text: what the path must hold. */
  describe: string;
  /** Records, singly or many at a time, in an order in which an entity comes before the relations that name it; the same for the same files. */
  read(path: string, context: SourceContext): AsyncIterable<KnowledgeRecord | readonly KnowledgeRecord[]>;
}

/** Rows that may be bad before the file is taken for something else. */
const MOST_PROBLEMS = 1000;

/** Counts bad rows of one file, passes them on, and gives up when there are too many to be typing errors. */
export class RowProblems {
  readonly #file: string;
  readonly #context: SourceContext;
  #count = 0;

  constructor(file: string, context: SourceContext) {
    this.#file = file;
    this.#context = context;
  }

  get count(): number {
    return this.#count;
  }

  /** Something that is not on one line; the reason says the place. */
  broken(reason: string): void {
    this.add(undefined, reason);
  }

  /** The file ends in its middle; what came before it counts. */
  torn(reason: string): void {
    this.#count++;
    this.#context.problem({ file: this.#file, reason, torn: true });
  }

  /** @param line undefined where the reason says the place. @throws Error once more than 1,000 rows were bad */
  add(line: number | undefined, reason: string): void {
    this.#context.problem({ file: this.#file, ...(line === undefined ? {} : { line }), reason });
    if (++this.#count > MOST_PROBLEMS) {
      const where = line === undefined ? "" : ` in line ${line}`;
      throw new Error(
        `${this.#file}: more than ${MOST_PROBLEMS} unusable rows, the last${where} (${reason}); is this the right file?`,
      );
    }
  }
}
