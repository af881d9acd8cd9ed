/**
 * The starter's records as `npm run prepare` leaves them beside the compiled code, checked then: reading YAML and looking up
 * which sentence states what takes a process that has just begun longer than parsing a third of a PubMed file.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { KnowledgeRecord } from "../../../schemas/index.ts";
import { dataFolder } from "./data-folder.ts";
import { readStarter } from "./read.ts";
import { starterRevision } from "./revision.ts";

interface Prepared {
  revision: string;
  records: KnowledgeRecord[];
}

/** As `readStarter` gives them: from what was prepared, where that is of these sources, else from the sources. @throws StarterError */
export function starterRecords(sources = dataFolder()): KnowledgeRecord[] {
  return prepared(sources) ?? readStarter(sources);
}

/** @returns the file that was written. @throws StarterError */
export function prepareStarter(sources = dataFolder()): string {
  const file = preparedFile(sources);
  const made: Prepared = { revision: starterRevision(sources), records: readStarter(sources) };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, JSON.stringify(made));
  renameSync(`${file}.new`, file);
  return file;
}

function prepared(sources: string): KnowledgeRecord[] | undefined {
  try {
    const { revision, records } = JSON.parse(readFileSync(preparedFile(sources), "utf8")) as Prepared;
    return revision === starterRevision(sources) ? records : undefined;
  } catch {
    // Not there, or not whole: the sources are.
    return undefined;
  }
}

/** `dist/starter.json` of the package whose `servers/knowledge/starter/data` this is. */
function preparedFile(sources: string): string {
  return join(sources, "../../../../dist/starter.json");
}
