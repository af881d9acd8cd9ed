/** Reads the starter's source files, checks every one of their promises, and yields them as records. */
import { createRequire } from "node:module";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Document, Entity, KnowledgeRecord, Relation } from "../../../schemas/index.ts";
import { documentText } from "../../../schemas/index.ts";
import { dataFolder } from "./data-folder.ts";
import { Entities } from "./entities.ts";
import { SourceFile, type SourceNote } from "./format.ts";
import { Mentions } from "./mentions.ts";
import { Statements } from "./statements.ts";

export const STARTER_LICENCE = "Apache-2.0";

/** All that is wrong with the source files; each problem says where it is and what to do. */
export class StarterError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`the starter's source files have ${problems.length} problem(s):\n${problems.join("\n")}`);
    this.name = "StarterError";
    this.problems = problems;
  }
}

interface NamedFile extends SourceFile {
  name: string;
}

/**
 * The starter as records: all entities, then all documents (one a note), then the relations with their evidence.
 * @param folder where the `*.yaml` lie
 * @throws StarterError
 */
export function readStarter(folder = dataFolder()): KnowledgeRecord[] {
  const problems: string[] = [];
  const files = sourceFiles(folder).flatMap((name): NamedFile[] => {
    const file = parseFile(name, readFileSync(join(folder, name), "utf8"), problems);
    return file ? [{ ...file, name }] : [];
  });
  if (problems.length > 0) throw new StarterError(problems);
  const entities = new Entities(problems);
  for (const file of files) {
    for (const [category, list] of Object.entries(file.entities)) entities.define(file.name, category, list);
  }
  const statements = new Statements(entities, new Mentions(entities.all()));
  const documents = new Map<string, Document>();
  const relations: Relation[] = [];
  for (const file of files) {
    for (const note of file.notes) {
      if (documents.has(note.id)) {
        problems.push(`${file.name}, ${note.id}: there is another note of this id; give this one its own`);
      }
      const document = toDocument(note);
      documents.set(note.id, document);
      const complain = (problem: string) => problems.push(`${file.name}, ${note.id}${problem}`);
      relations.push(...statements.of(note, documentText(document), complain));
    }
  }
  if (problems.length > 0) throw new StarterError(problems);
  return toRecords(entities.all(), documents.values(), relations);
}

/** Names of the source files of a folder, sorted: a change of any of them is another starter. */
export function sourceFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".yaml"))
    .toSorted();
}

function parseFile(name: string, text: string, problems: string[]): SourceFile | undefined {
  // Loaded here and not above: a server whose starter is built already never needs it.
  const { load, CORE_SCHEMA } = createRequire(import.meta.url)("js-yaml") as typeof import("js-yaml");
  let value: unknown;
  try {
    value = load(text, { schema: CORE_SCHEMA });
  } catch (error) {
    problems.push(`${name}: not valid YAML: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
  const parsed = SourceFile.safeParse(value);
  if (!parsed.success) problems.push(...parsed.error.issues.map((issue) => `${name}, ${describeIssue(value, issue)}`));
  return parsed.data;
}

/** Where in the file an issue is, in words: the note's id rather than its place in the list. */
function describeIssue(value: unknown, issue: z.core.$ZodIssue): string {
  const [list, place, ...rest] = issue.path;
  const note = list === "notes" ? (value as { notes?: { id?: unknown }[] }).notes?.[Number(place)]?.id : undefined;
  const path = (typeof note === "string" ? [note, ...rest] : issue.path).map(String);
  return `${path.join(" → ") || "top"}: ${issue.message}; see starter/format.ts for the form`;
}

function toDocument({ id, title, text, publisher, type, published }: SourceNote): Document {
  return {
    id,
    title,
    sections: [{ label: "", text }],
    publisher,
    publicationTypes: [type],
    ...(published ? { published } : {}),
    licence: STARTER_LICENCE,
  };
}

function toRecords(
  entities: Iterable<Entity>,
  documents: Iterable<Document>,
  relations: Iterable<Relation>,
): KnowledgeRecord[] {
  return [
    ...Array.from(entities, (entity): KnowledgeRecord => ({ type: "entity", entity })),
    ...Array.from(documents, (document): KnowledgeRecord => ({ type: "document", document })),
    ...Array.from(relations, (relation): KnowledgeRecord => ({ type: "relation", relation })),
  ];
}
