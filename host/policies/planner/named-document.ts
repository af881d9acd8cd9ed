/** "What does /papers/report.pdf say about X?": the document that a question names by path, address or id is read itself. */
import type { Passage } from "../../../schemas/index.ts";
import { ReadDocumentResult, ToolFailure } from "../../../schemas/index.ts";
import { abstain } from "./abstain.ts";
import { failures, read, readDocument } from "./calls.ts";
import { Citations } from "./citations.ts";
import type { Conclusion, Plan } from "./coroutine.ts";
import { speaksOf, topicOf } from "./said.ts";
import { isSound } from "./sources.ts";
import { sentencesOf } from "./text.ts";

/** What a question names, as `read_document` takes it, and the question without it. */
export interface NamedDocument {
  source: string;
  rest: string;
  /** By a registry's number: the graph may know more of it than the document says. */
  byNumber?: true;
}

const FILE = String.raw`\.(?:pdf|docx?|pptx?|xlsx?|od[tsp]|rtf|epub|html?|xml|json|jsonl|csv|tsv|txt|md|zip|gz)`;
const NAMES = [
  // In quotation marks a path may hold blanks.
  new RegExp(String.raw`["'“‘]((?:[^"'”’\n]*${FILE})|(?:https?:\/\/[^"'”’\s]+))["'”’]`, "iu"),
  /(https?:\/\/[^\s<>"“”]+)/iu,
  /((?:PMID|PMC|NCT|DOI|SPL|NDA|NOTE|URL|FILE):[^\s"“”]+)/u,
  new RegExp(String.raw`((?:~|\.{1,2})?[/\\][^\s"“”]*${FILE}|[a-z]:\\[^\s"“”]*${FILE})(?!\w|\.\w)`, "iu"),
  new RegExp(String.raw`(?<![\w./\\])([\w-]+(?:\.[\w-]+)*${FILE})(?!\w|\.\w)`, "iu"),
];
/** Numbers that say by their letters what they are of. */
const NUMBER = /\b(PMID\s\d{1,9}|PMC\d{2,9}|NCT\d{8})\b/iu;
const EVIDENCE = 3;
/** Of the topic's words, how many a passage must speak of. */
const LEAST_SHARE = 0.5;

/** Undefined where the question names no document. */
export function documentIn(question: string): NamedDocument | undefined {
  for (const name of [...NAMES, NUMBER]) {
    const found = name.exec(question);
    if (!found) continue;
    const source = found[1]!.replace(/[.,;:!?)\]]+$/u, "");
    const bare = new RegExp(String.raw`^[\w.-]+${FILE}$`, "iu").test(source);
    const rest = question.slice(0, found.index) + " " + question.slice(found.index + found[0].length);
    return {
      source: bare ? `./${source}` : source,
      rest: rest.replace(/\s+/g, " ").trim(),
      ...(name === NUMBER ? { byNumber: true } : {}),
    };
  }
  return undefined;
}

export function* whatItSays({ source, rest }: NamedDocument, knowledge: string): Plan<Conclusion> {
  const topic = topicOf(rest, []);
  const returned = yield {
    thought: "The question names a document; I read it.",
    calls: [readDocument(source, topic.join(" ") || rest)],
  };
  const result = read(ReadDocumentResult, returned[0]);
  if (!result) {
    const failure = ToolFailure.safeParse(returned[0]?.result).data;
    const why = failure ? failure.message : failures(returned).join("; ");
    return abstain(
      knowledge,
      `${source} could not be read: ${why}`,
      failure ? [`What to do: ${failure.recovery}.`] : [],
    );
  }
  const document = result.documents[0];
  if (!document || !isSound(document)) return abstain(knowledge, `${source} is retracted and is no evidence`);
  const passages = new Map(result.passages.map((p) => [p.id, p]));
  const quotes = (result.synthesis?.evidence ?? []).flatMap(({ passage, quote }) => {
    const home = passages.get(passage);
    return home?.text.includes(quote) && isAbout(home, topic) ? [{ passage: home, quote }] : [];
  });
  const wanted = topic.length + quotes.length > 0 ? quotes : beginning(result.passages, document.title);
  const best = [...new Map(wanted.map((q) => [q.quote, q])).values()].slice(0, EVIDENCE);
  if (best.length === 0) {
    return abstain(
      knowledge,
      `${document.title} (${source}) says nothing${topic.length > 0 ? ` about ${topic.join(", ")}` : ""}`,
    );
  }
  const citations = new Citations();
  const said = best.map(({ passage, quote }) => {
    const mark = citations.mark(passage, quote);
    return `“${shown(quote)}”${passage.page ? ` (page ${passage.page})` : ""} ${mark}`;
  });
  return {
    thought: "These sentences of the document say it; I quote rather than paraphrase.",
    answer: { answer: `${document.title}: ${said.join(" ")}`, abstained: false, citations: citations.list },
  };
}

/** What a document says of itself where nothing particular is asked of it: how its first passages begin. */
function beginning(passages: readonly Passage[], title: string): { passage: Passage; quote: string }[] {
  return passages.flatMap((passage) => {
    const [first] = passage.text === title ? [] : sentencesOf(passage.text);
    return first && passage.text.includes(first) ? [{ passage, quote: first }] : [];
  });
}

/** The passage, with the heading above it, speaks of what was asked. */
function isAbout({ text, section = "" }: Passage, topic: readonly string[]): boolean {
  const context = `${section}\n${text}`;
  return (
    topic.length === 0 ||
    topic.filter((word) => speaksOf(context, word) || speaksOf(context, rootOf(word))).length >=
      LEAST_SHARE * topic.length
  );
}

/** "stopped" and "stopping" are said of "stop". */
function rootOf(word: string): string {
  return word.replace(/(?:ing|ed|es|s)$/u, "").replace(/([^aeiouls])\1$/u, "$1");
}

/** A paper's own references, "[12]", are no citations of this answer. */
function shown(quote: string): string {
  return quote.replace(/\[(\d[\d\s,–-]*)\]/gu, "($1)");
}
