/** The embedded store as what an import writes to: `graph.db`, and the position in `import.json` beside it. */
import { join } from "node:path";
import { GraphStore } from "./graph.ts";
import type { GraphSink } from "./graph-sink.ts";
import { forgetPosition, readPosition, writePosition } from "./import-position.ts";

/** @param folder of the knowledge */
export function embeddedSink(folder: string): GraphSink {
  const graph = new GraphStore(join(folder, "graph.db"));
  return {
    position: () => readPosition(folder),
    retract(documents) {
      for (const { id, text } of documents) graph.retractEvidence(id, (quote) => text.includes(quote));
    },
    write({ entities, relations }, position) {
      const dangling: { relation: (typeof relations)[number]; unknown: string }[] = [];
      const changed =
        graph.putEntities(entities) +
        graph.putRelations(relations, (relation, unknown) => dangling.push({ relation, unknown }));
      writePosition(folder, position);
      return { changed, dangling };
    },
    counts: () => graph.counts(),
    finish: () => void graph.arrange(),
    forgetPosition: () => forgetPosition(folder),
    close: () => graph.close(),
  };
}
