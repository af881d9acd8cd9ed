/** Drug labels in SPL XML, as DailyMed gives them: a file a label. */
import type { KnowledgeRecord } from "../../../schemas/index.ts";
import { filesOf } from "./files.ts";
import { labelRevision } from "./labels/revision.ts";
import type { Source, SourceContext } from "./source.ts";
import { labelDocument } from "./spl/label.ts";
import { readText } from "./text.ts";
import { at, parseXml } from "./xml.ts";

export const spl: Source = {
  kind: "spl",
  describe: "drug labels in SPL XML (DailyMed): a file, or a folder of such; .gz too",
  read: readSpl,
};

/** @throws Error where the file that is named, or every file of a folder, is no label */
async function* readSpl(path: string, context: SourceContext): AsyncGenerator<KnowledgeRecord> {
  const files = await filesOf(path, /\.xml(\.gz)?$/i, "SPL labels as .xml or .xml.gz");
  let failures = 0;
  for (const file of files) {
    try {
      yield await readLabel(file);
    } catch (error) {
      if (++failures === files.length) throw error;
      context.problem({ file, reason: (error as Error).message });
    }
  }
}

async function readLabel(file: string): Promise<KnowledgeRecord> {
  const text = await readText(file);
  try {
    return labelRecord(text);
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`, { cause: error });
  }
}

function labelRecord(xml: string): KnowledgeRecord {
  const root = parseXml(xml);
  const value = (name: string) => at(root, name)?.attributes["value"] ?? "";
  const revised = labelRevision(value("effectiveTime"), value("versionNumber"));
  return { type: "document", document: labelDocument(root), ...(revised ? { revised } : {}) };
}
