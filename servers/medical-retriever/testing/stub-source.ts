/** Live sources that a test makes up: what each has, and how it behaves. */
import type { Document } from "../../../schemas/index.ts";
import { sleep } from "../../kit/http/scope.ts";
import type { SourceName } from "../source-names.ts";
import type { LiveSource, SourceAnswer, SourceCall, SourceQuestion } from "../sources/source.ts";

type Answer = (question: SourceQuestion, call: SourceCall) => Promise<Partial<SourceAnswer>> | Partial<SourceAnswer>;

export function stubSource(name: SourceName, answer: Answer, more: Partial<LiveSource> = {}): LiveSource {
  return {
    name,
    prefixes: [],
    search: async (question, call) => ({ documents: [], notes: [], ...(await answer(question, call)) }),
    ...more,
  };
}

/** Waits as a request does: until it is answered, or the caller leaves. */
export async function after<T>(ms: number, { signal }: SourceCall, value: T): Promise<T> {
  await sleep(ms, signal);
  return value;
}

export function paper(id: string, title: string, more: Partial<Document> = {}): Document {
  return { id, title, sections: [{ label: "", text: `${title}.` }], fetchedAt: "2026-01-01T00:00:00Z", ...more };
}
