/** Records that a question names by their numbers: they are what it is about, whatever their words. */
import { asFailure } from "../kit/index.ts";
import { isOffline } from "../kit/offline.ts";
import { tokenize } from "../knowledge/tokenize.ts";
import { within } from "./fan-out/deadline.ts";
import { aliasesOf, canonicalId, isRecordOf } from "../knowledge/document-ids.ts";
import { getDocument } from "./get-document.ts";
import type { SourceRecord } from "./identity/merge.ts";
import type { CallContext, Retriever } from "./retriever.ts";
import type { StoredTexts } from "./stored-texts.ts";

/** With letters that say of which registry: a bare number may be anything. */
const NUMBERS = /\b(?:PMID:?\s*\d{1,9}|PMC\d{2,9}|NCT\d{8}|(?:doi:?\s*)?10\.\d{4,9}\/[^\s,;()[\]]+[^\s,;()[\].])/gi;
/** A question that is nothing but a number asks for a paper. */
const ALONE = /^\s*\d{6,9}\s*$/;
const MOST = 5;
/** As the live sources have for a search. */
const DEADLINE_MS = 4000;

/** Canonical, in the order of the question: `PMID:22663011`, `NCT:NCT01245062`. */
export function idsNamedIn(question: string): string[] {
  const numbers = ALONE.test(question) ? [question] : (question.match(NUMBERS) ?? []);
  return [...new Set(numbers.map(canonicalId))].slice(0, MOST);
}

/** The question's other words: what stands beside a number says what is asked of it. All of it where there are none. */
export function withoutNumbers(question: string): string {
  const rest = question.replaceAll(NUMBERS, " ");
  return tokenize(rest).length > 0 ? rest : question;
}

/** What is stored of them, else, where live sources may be asked, what those have. */
export async function namedRecords(
  retriever: Retriever,
  texts: StoredTexts,
  ids: readonly string[],
  mayAsk: boolean,
  context: CallContext,
): Promise<{ records: SourceRecord[]; notes: string[] }> {
  const notes: string[] = [];
  const found = await Promise.all(
    ids.map(async (id): Promise<SourceRecord | undefined> => {
      for (const name of aliasesOf(id)) {
        const document = texts.get(name) ?? retriever.live.get(name);
        if (document && isRecordOf(document, id)) return { source: "local", document };
      }
      if (!mayAsk || isOffline()) return undefined;
      try {
        const { document, source } = await within(getDocument(retriever, id, context), DEADLINE_MS);
        return { source, document };
      } catch (error) {
        context.signal.throwIfAborted();
        notes.push(asFailure(error).message);
        return undefined;
      }
    }),
  );
  return { records: found.filter((record) => record !== undefined), notes };
}
