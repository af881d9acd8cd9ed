/** "What does the label of X say about Y?": the sentences that say it, word for word, with their document. */
import type { DocumentHit, EntityMatch, Passage } from "../../../schemas/index.ts";
import { FindInDocumentResult, SearchEvidenceResult, WebSearchResult } from "../../../schemas/index.ts";
import { abstain } from "./abstain.ts";
import { findInDocument, read, searchEvidence, webSearch } from "./calls.ts";
import { Citations } from "./citations.ts";
import type { Conclusion, Plan } from "./coroutine.ts";
import { PLAIN_WORDS } from "./plain-words.ts";
import { isSound } from "./sources.ts";
import { mentions, sentencesOf, startsWith, withAdjective } from "./text.ts";

/** Kinds of document as questions name them, and as `publicationTypes`, publishers and titles show them. */
const KINDS: [RegExp, RegExp][] = [
  [/\b(?:labels?|prescribing information|package insert|product information)\b/i, /label|prescribing/i],
  [/\bguidelines?\b|\brecommend(?:ations?|ed|s)?\b/i, /guideline|consensus|recommendation/i],
  [/\btrials?\b|\bstud(?:y|ies)\b/i, /trial|study/i],
  [/\breviews?\b/i, /review/i],
  [/\bcompany\b|\bpress release\b|\bannounce/i, /company|press|statement/i],
];
const QUESTION_WORDS = new Set(
  "say says said state states stated according report reports reported conclude concludes concluded mention mentions tell tells describe describes label labels guideline guidelines trial trials study studies review document documents paper papers evidence know known about explain recommend recommends find found show shown result results warn warns advise advises suggest suggests claim claims".split(
    " ",
  ),
);
const RESULT_ASKED = /\b(?:find|found|show(?:ed|n)?|conclude[sd]?|demonstrate[sd]?|results?|outcomes?)\b/i;
const RESULT =
  /\b(?:reduc\w+|lower\w*|fewer|less|more|greater|hazard|risk|superior\w*|inferior\w*|improv\w+|benefit\w*|difference|death\w*|mortality|prolong\w*|increas\w+|decreas\w+)\b|%/i;
const SENTENCES = 2;

export function asksWhatIsSaid(question: string): boolean {
  return /\b(?:say|says|said|state[sd]?|according to|report(?:s|ed)?|conclude[sd]?|mention(?:s|ed)?|describes?|defines?)\b|\bwhat (?:did|does|do)\b.*\b(?:find|show|conclude|demonstrate|report|recommend|warn|advise|suggest|claim)\b|^\s*(?:what (?:is|are) (?!the |its |their )|why|when|tell me about|is there evidence)/i.test(
    question,
  );
}

/** Words of the question that a sentence must speak of to answer it, less names and the frame of the question. */
export function topicOf(question: string, entities: readonly EntityMatch[]): string[] {
  const masked = entities.reduce((text, { mention }) => (mention ? blank(text, mention) : text), question);
  const found = masked.toLowerCase().match(/[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*/gu) ?? [];
  return [...new Set(found.filter((w) => w.length > 2 && !PLAIN_WORDS.has(w) && !QUESTION_WORDS.has(w)))];
}

function blank(text: string, { start, end }: { start: number; end: number }): string {
  return text.slice(0, start) + " ".repeat(end - start) + text.slice(end);
}

/** The sentences that say it, or an abstention that says what no document says. */
export function* whatIsSaid(question: string, entities: readonly EntityMatch[], knowledge: string): Plan<Conclusion> {
  return (yield* quote(question, entities, false)) ?? (yield* nothingSaid(question, entities, knowledge));
}

/**
 * The sentences that answer a question, word for word, with their documents; undefined where none does.
 * @param strict every name and every word of the topic must stand in the sentence: for questions that asked for a fact, not for words
 */
export function* quote(
  question: string,
  entities: readonly EntityMatch[],
  strict: boolean,
): Plan<Conclusion | undefined> {
  const topic = topicOf(question, entities);
  const names = namesOf(entities);
  const returned = yield {
    thought: strict
      ? "No chain that I could follow; do the documents say it outright?"
      : "This asks what is written; I search the documents.",
    calls: [searchEvidence(question, 8)],
  };
  const found = read(SearchEvidenceResult, returned[0]);
  const documents = new Map((found?.documents ?? []).map((d) => [d.id, d]));
  const fitting = (found?.documents ?? []).filter((d) => isSound(d) && hasKind(d, question));
  let candidates = rank(found?.passages ?? [], fitting, documents, names, topic, question, strict);
  const sources = [
    ...new Set([...candidates.map((c) => c.passage.document), ...fitting.slice(0, 2).map((d) => d.id)]),
  ].slice(0, 2);
  if (sources.length > 0) {
    const query = [...names.flat().slice(0, 1), ...topic].join(" ") || question;
    const read_ = yield {
      thought: "I look for the very sentences in the documents themselves.",
      calls: sources.map((d) => findInDocument(d, query)),
    };
    const more = read_.flatMap((r) => read(FindInDocumentResult, r)?.passages ?? []);
    candidates = rank([...(found?.passages ?? []), ...more], fitting, documents, names, topic, question, strict);
  }
  const best = candidates.slice(0, SENTENCES);
  if (best.length === 0) return undefined;
  const citations = new Citations();
  const said = best.map(({ passage, sentence }) => {
    const document = documents.get(passage.document);
    return `${document ? sourceName(document) : passage.document}: “${sentence}” ${citations.mark(passage, sentence)}`;
  });
  return {
    thought: `${best.length === 1 ? "One sentence says" : "These sentences say"} it; I quote rather than paraphrase.`,
    answer: { answer: said.join(" "), abstained: false, citations: citations.list },
  };
}

function namesOf(entities: readonly EntityMatch[]): string[][] {
  const mentions = Map.groupBy(entities, (e) => `${e.mention?.start}-${e.mention?.end}`);
  return [...mentions.values()].map((same) => [
    ...new Set(
      same
        .flatMap((e) => [e.mention?.text ?? e.matchedName, e.name, e.matchedName, ...(e.synonyms ?? [])])
        .flatMap(withAdjective),
    ),
  ]);
}

function hasKind(document: DocumentHit, question: string): boolean {
  const wanted = KINDS.filter(([word]) => word.test(question));
  const shown = [...(document.publicationTypes ?? []), document.title, document.publisher ?? ""].join(" | ");
  return wanted.length === 0 || wanted.some(([, kind]) => kind.test(shown));
}

interface Candidate {
  passage: Passage;
  sentence: string;
  score: number;
}

/** Sentences that name what the question names and speak of its topic: half of the topic's words at least. */
function rank(
  passages: readonly Passage[],
  fitting: readonly DocumentHit[],
  documents: ReadonlyMap<string, DocumentHit>,
  names: string[][],
  topic: string[],
  question: string,
  strict: boolean,
): Candidate[] {
  const allowed = new Map(fitting.map((d, i) => [d.id, i]));
  const candidates = new Map<string, Candidate>();
  const wantsResult = RESULT_ASKED.test(question);
  const wantsDefinition = /^\s*(?:what (?:is|are)|define|tell me about)\b/i.test(question);
  for (const passage of passages) {
    const place = allowed.get(passage.document);
    if (place === undefined) continue;
    const document = documents.get(passage.document);
    const title = document?.title ?? "";
    // "the FDA label": what the document is need not be said in its sentences.
    const about = [title, document?.publisher, ...(document?.publicationTypes ?? [])].join(" ");
    for (const sentence of sentencesOf(passage.text)) {
      if (sentence === title) continue;
      const context = `${about} ${passage.text}`;
      if (names.some((alternatives) => !alternatives.some((n) => mentions(context, n)))) continue;
      const spoken = topic.filter((w) => speaksOf(sentence, w)).length;
      const named = names.filter((alternatives) => alternatives.some((n) => mentions(sentence, n))).length;
      const inContext = topic.filter((w) => speaksOf(context, w)).length;
      const isAbout = topic.some((w) => speaksOf(about, w));
      if (topic.length > 0 && (inContext < topic.length / 2 || (spoken === 0 && !isAbout))) continue;
      if (spoken === 0 && named === 0) continue;
      if (strict && (spoken < topic.length || named < names.length)) continue;
      const defines =
        wantsDefinition && names.some((alternatives) => alternatives.some((n) => isDefinition(sentence, n)));
      const dates = /^\s*when\b/i.test(question) && /\b(?:19|20)\d\d\b/.test(sentence);
      const result = (wantsResult && RESULT.test(sentence)) || defines || dates ? 1 : 0;
      const score =
        2 * (spoken / Math.max(1, topic.length)) + named / Math.max(1, names.length) + result - 0.05 * place;
      const known = candidates.get(sentence);
      if (!known || known.score < score) candidates.set(sentence, { passage, sentence, score });
    }
  }
  const ranked = [...candidates.values()].toSorted((a, b) => b.score - a.score);
  return ranked.filter((c) => c.score > ranked[0]!.score - 0.4);
}

/** "Marfan syndrome is …" */
function isDefinition(sentence: string, name: string): boolean {
  return startsWith(sentence, name) && /\b(?:is|are|means)\b (?:an?|the|one)\b/i.test(sentence);
}

/** The word or another form of it: the same first letters, all but its ending. */
export function speaksOf(text: string, word: string): boolean {
  const stem = word.length > 5 ? word.slice(0, Math.max(5, word.length - 3)) : word;
  return new RegExp(`(?<![\\p{L}\\p{N}])${stem}`, "iu").test(text);
}

function sourceName(document: DocumentHit): string {
  const year = document.published?.slice(0, 4);
  return [document.title, [document.publisher, year].filter(Boolean).join(", ")].filter(Boolean).join(" — ");
}

function* nothingSaid(question: string, entities: readonly EntityMatch[], knowledge: string): Plan<Conclusion> {
  const [names, topic] = [namesOf(entities), topicOf(question, entities)];
  const subject = names.length > 0 ? names.map((n) => n[0]!).join(" and ") : topic.join(" ");
  const about = topic.length > 0 && names.length > 0 ? ` on ${topic.join(", ")}` : "";
  const missing = subject ? `no document in it says anything${about} about ${subject}` : "nothing in it was named";
  return abstain(knowledge, missing, yield* lookOnTheWeb(question));
}

/** The last resort. What the web offers is pointed to, not cited: it was not read. @returns what came of it, in sentences */
export function* lookOnTheWeb(question: string): Plan<string[]> {
  const returned = yield {
    thought: "The loaded knowledge does not say; is there anything on the web?",
    calls: [webSearch(question.slice(0, 300))],
  };
  const result = read(WebSearchResult, returned[0]);
  if (!result) return ["The web search failed."];
  if (result.results.length > 0)
    return [
      `The web may know more: ${result.results
        .slice(0, 3)
        .map((r) => `${r.title} (${r.url})`)
        .join("; ")}.`,
    ];
  const unavailable = result.outcomes.filter((o) => o.outcome === "unavailable");
  return unavailable.length > 0
    ? [`The web could not be searched (${unavailable.map((o) => o.source).join(", ")} unavailable).`]
    : [];
}
