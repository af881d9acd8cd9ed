/**
 * The embedded store as what an import writes to: `graph.db`, and the position in `import.json` beside it. A large import
 * goes on in a thread, so that reading the source and writing the graph share the work of two cores.
 */
import { join } from "node:path";
import type { Relation } from "../../schemas/index.ts";
import { GraphStore } from "./graph.ts";
import type { GraphBatch, GraphSink, Written } from "./graph-sink.ts";
import { forgetPosition, readPosition, writePosition, type ImportPosition } from "./import-position.ts";
import { packRelations } from "./packed-relations.ts";
import { GraphThread } from "./thread-client.ts";

/** Relations from which on a thread is worth starting. */
const LARGE = 50_000;

/** @param folder of the knowledge */
export function embeddedSink(folder: string): GraphSink {
  return new EmbeddedSink(folder);
}

class EmbeddedSink implements GraphSink {
  readonly #folder: string;
  #store: GraphStore | undefined;
  #thread: GraphThread | undefined;
  #relations = 0;

  constructor(folder: string) {
    this.#folder = folder;
    this.#store = new GraphStore(this.#path);
  }

  position(): ImportPosition | undefined {
    return readPosition(this.#folder);
  }

  async retract(documents: readonly { id: string; text: string }[]): Promise<void> {
    if (this.#thread) await this.#thread.run({ kind: "retract", documents });
    else for (const { id, text } of documents) this.#store!.retractEvidence(id, (quote) => text.includes(quote));
  }

  async write(batch: GraphBatch, position: ImportPosition): Promise<Written> {
    this.#relations += batch.relations.length;
    if (this.#relations > LARGE) this.#startThread();
    const written = this.#thread ? await inThread(this.#thread, batch) : here(this.#store!, batch);
    writePosition(this.#folder, position);
    return written;
  }

  counts() {
    this.#store ??= new GraphStore(this.#path, { readOnly: true });
    return this.#store.counts();
  }

  /** The thread ends first, and all that it held is free before the arrays are made. */
  async finish(): Promise<void> {
    await this.#thread?.close();
    this.#thread = undefined;
    this.#store ??= new GraphStore(this.#path);
    this.#store.arrange();
  }

  forgetPosition(): void {
    forgetPosition(this.#folder);
  }

  async close(): Promise<void> {
    await this.#thread?.close();
    this.#store?.close();
  }

  get #path(): string {
    return join(this.#folder, "graph.db");
  }

  #startThread(): void {
    if (this.#thread) return;
    this.#store?.close();
    this.#store = undefined;
    this.#thread = new GraphThread(this.#path);
  }
}

function here(store: GraphStore, { entities, relations }: GraphBatch): Written {
  const dangling: { relation: Relation; unknown: string }[] = [];
  const changed =
    store.putEntities(entities) +
    store.putRelations(relations, (relation, unknown) => dangling.push({ relation, unknown }));
  return { changed, dangling };
}

async function inThread(thread: GraphThread, { entities, relations }: GraphBatch): Promise<Written> {
  const { changed, dangling } = await thread.run({ kind: "write", entities, relations: packRelations(relations) });
  return {
    changed,
    dangling: dangling.map(({ place, unknown }) => ({ relation: relations[place]!, unknown })),
  };
}
