/** Documents out of JSON files: every file of a path, every member of its list, each problem with its place. */
import type { Document, KnowledgeRecord } from "../../../../schemas/index.ts";
import { filesOf } from "../files.ts";
import { RowProblems, type SourceContext } from "../source.ts";
import { readBytes } from "../text.ts";
import { zipMembers } from "../zip.ts";
import { readJsonParts } from "./elements.ts";

export interface JsonDocuments {
  /** Name of the list on the first level. */
  list: string;
  /** What the files hold, in words: for errors. */
  wanted: string;
  /** The document of a member, or why it is none. */
  documentOf(value: unknown): Document | string;
  /** When its source last changed it, so that texts order such states. */
  revisedOf(value: unknown): string | undefined;
  /** Whether a file can be one document itself. */
  single?: (value: unknown) => boolean;
  /** Facts that stand around the list. */
  about?(value: unknown, context: SourceContext): void;
}

const FILES = /\.(?:(?:json|jsonl|ndjson)(?:\.gz)?|zip)$/i;
const MEMBERS = /\.(?:json|jsonl|ndjson)$/i;

/** @throws Error where nothing could be read, with the reason of the first file */
export async function* readJsonDocuments(
  path: string,
  kind: JsonDocuments,
  context: SourceContext,
): AsyncGenerator<KnowledgeRecord> {
  const files = await filesOf(path, FILES, `${kind.wanted} as .json, .json.gz or .zip`);
  let found = 0;
  let first: Error | undefined;
  for (const file of files) {
    const problems = new RowProblems(file, context);
    const before = found;
    try {
      for await (const part of partsOf(file, problems)) {
        try {
          for await (const record of documentsIn(part, kind, problems, context)) {
            found++;
            yield record;
          }
        } catch (error) {
          // One member of an archive does not spoil the others.
          if (part.name === file) throw error;
          first ??= error as Error;
          problems.add(undefined, (error as Error).message);
        }
      }
      // Where members were told as unusable, all is said.
      if (found === before && (problems.count === 0 || files.length === 1))
        throw new Error(`${file}: holds no ${kind.wanted}`);
    } catch (error) {
      first ??= error as Error;
      if (files.length > 1 || found > 0) context.problem({ file, reason: (error as Error).message });
    }
  }
  if (found === 0) throw first ?? new Error(`${path}: holds no ${kind.wanted}`);
}

interface Part {
  name: string;
  bytes: AsyncIterable<Buffer>;
}

/** The file itself, or the members of an archive. */
async function* partsOf(file: string, problems: RowProblems): AsyncGenerator<Part> {
  if (!/\.zip$/i.test(file)) {
    yield { name: file, bytes: readBytes(file) };
    return;
  }
  for await (const member of zipMembers(file, MEMBERS, (name, reason) =>
    problems.add(undefined, `${name}: ${reason}`),
  )) {
    yield { name: member.name, bytes: member.bytes() };
  }
}

async function* documentsIn(
  { name: file, bytes }: Part,
  kind: JsonDocuments,
  problems: RowProblems,
  context: SourceContext,
): AsyncGenerator<KnowledgeRecord> {
  for await (const part of readJsonParts(file, kind.list, bytes)) {
    const tell = (reason: string) => problems.broken(`byte ${part.offset}: ${reason}`);
    if (part.kind === "broken") {
      problems[part.torn ? "torn" : "broken"](`byte ${part.offset}: ${part.reason}`);
      continue;
    }
    if (part.kind === "rest") {
      refuseError(file, part.value);
      kind.about?.(part.value, context);
      if (!kind.single?.(part.value)) continue;
    }
    const document = kind.documentOf(part.value);
    if (typeof document === "string") {
      tell(document);
      continue;
    }
    const revised = kind.revisedOf(part.value);
    yield { type: "document", document, ...(revised ? { revised } : {}) };
  }
}

/** A service's error saved as a file is a failure, never an empty list. */
function refuseError(file: string, value: unknown): void {
  const error = (value as { error?: unknown } | null)?.error;
  if (error === undefined) return;
  const { code, message } = (typeof error === "object" && error !== null ? error : { message: error }) as Record<
    string,
    unknown
  >;
  const said = [code, message]
    .filter((part) => part !== undefined)
    .map(String)
    .join(": ");
  throw new Error(
    `${file}: is an error message that was saved in place of data (${said.slice(0, 200)}); download it again`,
  );
}
