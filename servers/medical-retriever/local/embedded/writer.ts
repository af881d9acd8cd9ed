/** What the embedded engine adds to postings and records: vectors, where there are any. */
import type { VectorWriter } from "../vectors/writer.ts";
import type { EngineWriter, Entry } from "../engine.ts";

export class EmbeddedWriter implements EngineWriter {
  readonly #vectors: VectorWriter | undefined;

  private constructor(vectors: VectorWriter | undefined) {
    this.#vectors = vectors;
  }

  /** Goes on with what is in the folder. @param dimension of the vectors; undefined where there are none */
  static async open(folder: string, dimension: number | undefined): Promise<EmbeddedWriter> {
    if (dimension === undefined) return new EmbeddedWriter(undefined);
    const { VectorWriter } = await import("../vectors/writer.ts");
    return new EmbeddedWriter(await VectorWriter.open({ folder, dimension }));
  }

  async add({ rows, vectors = [] }: Entry): Promise<void> {
    await this.#vectors?.add(rows, vectors);
  }

  async remove(rows: readonly number[]): Promise<void> {
    await this.#vectors?.remove(rows);
  }

  async removeAfter(row: number): Promise<void> {
    await this.#vectors?.removeAfter(row);
  }

  async finish(): Promise<void> {
    await this.#vectors?.finish();
  }

  close(): void {
    this.#vectors?.close();
  }
}
