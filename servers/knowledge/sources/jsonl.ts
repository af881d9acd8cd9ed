/** Documents of any origin: one JSON object a line in the shape of `Document`, of which only `id` and `title` must be there. */
import { stat } from "node:fs/promises";
import { z } from "zod";
import { Document, type KnowledgeRecord } from "../../../schemas/index.ts";
import { RowProblems, type Source, type SourceContext } from "./source.ts";
import { readLines, type TextLine } from "./text.ts";

export const jsonl: Source = {
  kind: "jsonl",
  describe: "documents, one JSON object a line: {id, title, sections: [{label, text}], published?, journal?, …}",
  read: readJsonl,
};

/** @throws Error when the file is missing, or holds no document */
export async function* readJsonl(path: string, context: SourceContext): AsyncGenerator<KnowledgeRecord> {
  if ((await stat(path).catch(() => undefined))?.isDirectory()) {
    throw new Error(`${path}: is a folder; give a file with one document a line`);
  }
  const problems = new RowProblems(path, context);
  let found = 0;
  const lines = readLines(path);
  for (;;) {
    let next: IteratorResult<TextLine>;
    try {
      next = await lines.next();
    } catch (error) {
      if (found === 0) throw error;
      // What came before the tear counts, and the tear is told.
      problems.torn((error as Error).message);
      return;
    }
    if (next.done) break;
    const { number, text } = next.value;
    const line = text.replace(/^\u{feff}/u, "").trim();
    if (line === "") continue;
    const document = parseDocument(line);
    if (typeof document === "string") {
      problems.add(number, document);
      continue;
    }
    found++;
    yield { type: "document", document };
  }
  if (found === 0) throw new Error(`${path}: holds no document; each line must be one {"id", "title", "sections"}`);
}

/** The document, or why the line is none. */
function parseDocument(line: string): Document | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return `not JSON (${(error as Error).message})`;
  }
  const parsed = Document.safeParse(value);
  return parsed.success ? parsed.data : z.prettifyError(parsed.error).replaceAll("\n", " ");
}
