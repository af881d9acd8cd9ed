/** Drug labels in SPL XML, as DailyMed gives them: a file a label. */
import type { KnowledgeRecord } from "../../../schemas/index.ts";
import { filesOf } from "./files.ts";
import { labelRevision } from "./labels/revision.ts";
import type { Source, SourceContext } from "./source.ts";
import { labelDocument } from "./spl/label.ts";
import { readText } from "./text.ts";
import { at, parseXml } from "./xml.ts";
import { wholeMember, zipMembers } from "./zip.ts";

export const spl: Source = {
  kind: "spl",
  describe: "drug labels in SPL XML (DailyMed): a file, a folder of such, or DailyMed's .zip; .gz too",
  read: readSpl,
};

/** No label is as long. */
const LONGEST = 64 << 20;

interface Label {
  /** Of the file, or of the member of an archive. */
  name: string;
  xml(): Promise<string>;
}

/** @throws Error where nothing is a label, with the reason of the first file */
async function* readSpl(path: string, context: SourceContext): AsyncGenerator<KnowledgeRecord> {
  const files = await filesOf(path, /\.(?:xml(?:\.gz)?|zip)$/i, "SPL labels as .xml, .xml.gz or .zip");
  let [found, told] = [0, 0];
  let first: Error | undefined;
  const failed = (file: string, error: Error) => {
    first ??= error;
    told++;
    if (found > 0 || told > 1 || files.length > 1) context.problem({ file, reason: error.message });
  };
  for (const file of files) {
    try {
      for await (const label of labelsIn(file, (name, reason) => failed(file, new Error(`${name}: ${reason}`)))) {
        try {
          yield labelRecord(await label.xml());
          found++;
        } catch (error) {
          const { message } = error as Error;
          failed(
            file,
            message.startsWith(label.name)
              ? (error as Error)
              : new Error(`${label.name}: ${message}`, { cause: error }),
          );
        }
      }
    } catch (error) {
      failed(file, error as Error);
    }
  }
  if (found === 0) throw first ?? new Error(`${path}: holds no label`);
}

async function* labelsIn(file: string, problem: (name: string, reason: string) => void): AsyncGenerator<Label> {
  if (!/\.zip$/i.test(file)) {
    yield { name: file, xml: () => readText(file) };
    return;
  }
  for await (const member of zipMembers(file, /\.xml$/i, problem)) {
    yield {
      name: member.name,
      xml: async () => (await wholeMember(member, LONGEST)).toString("utf8").replace(/^\u{feff}/u, ""),
    };
  }
}

function labelRecord(xml: string): KnowledgeRecord {
  const root = parseXml(xml);
  const value = (name: string) => at(root, name)?.attributes["value"] ?? "";
  const revised = labelRevision(value("effectiveTime"), value("versionNumber"));
  return { type: "document", document: labelDocument(root), ...(revised ? { revised } : {}) };
}
