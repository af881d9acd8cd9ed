/**
 * Record and replay: `MEDRESEARCHER_WEB_RECORD=FOLDER` writes each answer beside its question, one file each, to be read
 * by anybody; `MEDRESEARCHER_WEB_REPLAY=FOLDER` answers from there alone, without network or keys. What is recorded is
 * what the caller saw, so a run is reproduced to the letter; no key is in it, since none is in a question or an answer.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { WebSearchResult } from "../../schemas/index.ts";
import { ToolError } from "../kit/failure.ts";
import type { Question } from "./question/question.ts";

type Result = z.input<typeof WebSearchResult>;

const Recording = z.object({ question: z.record(z.string(), z.unknown()), asked: z.string(), result: WebSearchResult });

export function replayFolder(): string | undefined {
  return process.env["MEDRESEARCHER_WEB_REPLAY"] || undefined;
}

/** @throws ToolError where nothing was recorded for this question */
export function replay(folder: string, question: Question): Result {
  const file = join(folder, fileOf(question));
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    throw notRecorded(question, file);
  }
  try {
    return Recording.parse(JSON.parse(text)).result;
  } catch (error) {
    throw new ToolError({
      reason: "unavailable",
      message: `the recording ${file} cannot be read: ${(error as Error).message.slice(0, 200)}`,
      recovery: "record it again with MEDRESEARCHER_WEB_RECORD",
      retryable: false,
    });
  }
}

/** A second recording of the same question replaces the first. */
export function record(question: Question, result: Result): void {
  const folder = process.env["MEDRESEARCHER_WEB_RECORD"];
  if (!folder) return;
  try {
    mkdirSync(folder, { recursive: true });
    const file = join(folder, fileOf(question));
    const recording = { question: keyOf(question), asked: new Date().toISOString(), result };
    writeFileSync(`${file}.${process.pid}`, `${JSON.stringify(recording, undefined, 2)}\n`);
    renameSync(`${file}.${process.pid}`, file);
  } catch (error) {
    throw new ToolError({
      reason: "unavailable",
      message: `the answer could not be recorded in ${folder}: ${(error as Error).message}`,
      recovery: "the operator should name a folder that can be written to, or unset MEDRESEARCHER_WEB_RECORD",
      retryable: false,
    });
  }
}

/** What makes a question the same: a span that was named by a word is the same on any day. */
function keyOf({ words, limit, span, locale, sites }: Question): Record<string, unknown> {
  const { include, exclude } = sites;
  return {
    words,
    limit,
    span: span && (span.name ?? [span.from ?? "", span.to ?? ""].join("..")),
    ...locale,
    include: include.toSorted(),
    exclude: exclude.toSorted(),
  };
}

/** `novartis-merger-0f1e2d3c4b5a6978.json`: to be found by eye as well. */
function fileOf(question: Question): string {
  const name = question.words
    .toLowerCase()
    .replace(/[^\p{L}\d]+/gu, "-")
    .replace(/^-+/, "");
  const hash = createHash("sha256")
    .update(JSON.stringify(keyOf(question)))
    .digest("hex")
    .slice(0, 16);
  return `${name.slice(0, 40).toWellFormed()}-${hash}.json`;
}

function notRecorded({ words }: Question, file: string): ToolError {
  return new ToolError({
    reason: "unavailable",
    message: `no answer to ${JSON.stringify(words.slice(0, 100))} was recorded (${file} is not there)`,
    recovery: "ask as in the recorded run, or unset MEDRESEARCHER_WEB_REPLAY to ask the web",
    retryable: false,
  });
}
