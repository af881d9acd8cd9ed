/** A document as the passages that are embedded: a few sentences say one thing, an abstract says several. */
import type { Document } from "../../../schemas/index.ts";
import { sentencesOf } from "../../knowledge/sentences.ts";

const SENTENCES = 3;
/** Of a full text, more sentences are taken together than of an abstract. */
const MOST_WINDOWS = 64;
const MOST_CHARACTERS = 60_000;

/** Runs of whole sentences in order of the text; the title alone where there is no text. */
export function windowsOf({ title, sections }: Pick<Document, "title" | "sections">): string[] {
  const sentences: string[] = [];
  let characters = 0;
  for (const { text } of sections) {
    for (const { start, end } of sentencesOf(text)) {
      if (characters > MOST_CHARACTERS) break;
      sentences.push(text.slice(start, end));
      characters += end - start;
    }
  }
  if (sentences.length === 0) return title.trim() ? [title.trim()] : [];
  const size = Math.max(SENTENCES, Math.ceil(sentences.length / MOST_WINDOWS));
  const windows: string[] = [];
  for (let at = 0; at < sentences.length; at += size) windows.push(sentences.slice(at, at + size).join(" "));
  return windows;
}
