/** From a piece of evidence to a passage: the quote is looked up in the stored document, or it is no evidence. */
import {
  documentText,
  passageId,
  type Document,
  type DocumentHit,
  type Evidence,
  type Passage,
  type RelationHit,
} from "../../schemas/index.ts";
import { sentencesOf } from "../knowledge/index.ts";

/** A quote shorter than this is shown with the sentence or line around it. */
const SHORT_QUOTE = 160;
/** A line longer than this is cut to the sentence. */
const LONG_LINE = 500;

export interface Located {
  passages: Passage[];
  /** Each once, in the order in which they are first cited. */
  documents: DocumentHit[];
  /** Evidence that could not be shown, and why. */
  problems: string[];
  /** Ids of retracted documents among `documents`. */
  retracted: string[];
}

interface DocumentSource {
  get(id: string): Document | undefined;
}

/** Every piece of evidence of the relations as a verbatim passage; each passage once. */
export function locateEvidence(relations: readonly RelationHit[], documents: DocumentSource): Located {
  const texts = new Map<string, { document: Document; text: string } | undefined>();
  const passages = new Map<string, Passage>();
  const hits = new Map<string, DocumentHit>();
  const problems = new Set<string>();
  const read = (id: string) => {
    if (!texts.has(id)) {
      const document = documents.get(id);
      texts.set(id, document && { document, text: documentText(document) });
    }
    return texts.get(id);
  };
  for (const { evidence } of relations) {
    for (const item of evidence) {
      const source = read(item.document);
      const passage = source && locate(item, source.document, source.text);
      if (passage) {
        passages.set(passage.id, passage);
        hits.set(source.document.id, withoutSections(source.document));
      } else {
        problems.add(
          source
            ? `the quote "${item.quote.slice(0, 80)}" is not verbatim in ${item.document}`
            : `${item.document} is not stored here`,
        );
      }
    }
  }
  const list = [...hits.values()];
  return {
    passages: [...passages.values()],
    documents: list,
    problems: [...problems],
    retracted: list.filter((d) => d.integrity === "retracted").map((d) => d.id),
  };
}

function locate(evidence: Evidence, document: Document, text: string): Passage | undefined {
  const at = evidence.quote.trim() ? text.indexOf(evidence.quote) : -1;
  if (at < 0) return undefined;
  const [start, end] = around(text, at, at + evidence.quote.length);
  const section = sectionAt(document, start);
  return {
    id: passageId(document.id, start, end),
    document: document.id,
    start,
    end,
    text: text.slice(start, end),
    ...(section ? { section } : {}),
  };
}

/** The whole line around a short quote, or its sentences where the line is long. */
function around(text: string, start: number, end: number): [number, number] {
  if (end - start >= SHORT_QUOTE) return [start, end];
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const newline = text.indexOf("\n", end);
  const lineEnd = newline < 0 ? text.length : newline;
  if (lineEnd - lineStart <= LONG_LINE) return [lineStart, lineEnd];
  const touched = sentencesOf(text.slice(lineStart, lineEnd)).filter(
    (s) => lineStart + s.start < end && start < lineStart + s.end,
  );
  return [Math.min(start, lineStart + (touched[0]?.start ?? 0)), Math.max(end, lineStart + (touched.at(-1)?.end ?? 0))];
}

function sectionAt(document: Document, at: number): string | undefined {
  let position = document.title.length;
  for (const { label, text } of document.sections) {
    position += 2 + (label ? label.length + 1 : 0) + text.length;
    if (at < position) return at > document.title.length ? label : undefined;
  }
  return undefined;
}

function withoutSections(document: Document): DocumentHit {
  const { sections: _, ...hit } = document;
  return hit;
}
