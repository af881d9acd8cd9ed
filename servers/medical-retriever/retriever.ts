/** The engine behind the four tools: local index and live sources as one ranking, documents by id, and names to entities. */
import type { Document, Outcome } from "../../schemas/index.ts";
import { httpClient, type HttpClient } from "../kit/http/index.ts";
import { openKnowledge, type Knowledge } from "../knowledge/index.ts";
import { LiveDocuments } from "../knowledge/live-documents.ts";
import { getDocument } from "./get-document.ts";
import type { Embedder } from "./embedding/index.ts";
import { KeptLists } from "./kept-lists.ts";
import { LocalCollection } from "./local/collection.ts";
import { readDocument, type ReadResult } from "./read.ts";
import { findRelated, type RelatedOptions, type RelatedResult } from "./related/find.ts";
import { meaningOf, type Meaning } from "./relevance/meaning.ts";
import { risingProgress } from "./rising-progress.ts";
import { resolveEntity, type Resolved } from "./resolve/resolve.ts";
import { search, type SearchOptions, type SearchResult } from "./search.ts";
import type { SourceName } from "./source-names.ts";
import { LIVE_SOURCES } from "./sources/index.ts";
import type { LiveSource } from "./sources/source.ts";

export interface CallContext {
  signal: AbortSignal;
  progress?: (done: number, total?: number, message?: string) => void;
}

export interface FoundDocument {
  document: Document;
  source: SourceName;
  outcomes: Outcome[];
}

export interface RetrieverOptions {
  http?: HttpClient;
  /** In order of preference; all that there are by default. */
  sources?: readonly LiveSource[];
  /** For relevance by meaning; what the environment names by default, `null` for none. */
  embedder?: Embedder | null;
  /** Answers by words until all stored documents have their vectors, which takes long. */
  wordsFirst?: boolean;
}

export class Retriever {
  readonly knowledge: Knowledge;
  readonly local: LocalCollection;
  readonly sources: readonly LiveSource[];
  readonly http: HttpClient;
  /** What live sources gave, so that what a search found can be read without asking again, by other servers too. */
  readonly live = new LiveDocuments();
  readonly lists = new KeptLists();
  readonly meaning: Meaning;

  /** The retriever owns the folder from here: closing it closes the stores. */
  constructor(knowledge: Knowledge, options: RetrieverOptions = {}) {
    const { http = httpClient(), sources = LIVE_SOURCES, embedder, wordsFirst = false } = options;
    this.knowledge = knowledge;
    this.meaning = meaningOf(knowledge, http, embedder);
    this.local = new LocalCollection(knowledge, { vectors: this.meaning.vectors, wordsFirst });
    this.sources = sources;
    this.http = http;
  }

  /** Documents for a question, best first, from all sources that can be asked. @throws ToolError */
  search(query: string, options: SearchOptions, context: CallContext): Promise<SearchResult> {
    return search(this, query, options, risingProgress(context));
  }

  /** A document by identifier: stored here, else from the live source that has such records. @throws ToolError */
  document(id: string, context: CallContext): Promise<FoundDocument> {
    return getDocument(this, id, context);
  }

  /** A document with its authority, integrity and sections. @throws ToolError */
  read(id: string, labels: readonly string[], context: CallContext): Promise<ReadResult> {
    return readDocument(this, id, labels, context);
  }

  /** Evidence around a document, a thing or a text: similar, citing, trials … @throws ToolError */
  related(options: RelatedOptions, context: CallContext): Promise<RelatedResult> {
    return findRelated(this, options, risingProgress(context));
  }

  /** The date that ages are counted from: that of the newest local document. */
  async newest({ progress }: CallContext): Promise<string | undefined> {
    const index = await this.local.index(progress).catch(() => undefined);
    return index?.newest;
  }

  /** The entities that a name or identifier may mean, best first. @throws ToolError */
  resolve(options: { name: string; category?: string | undefined }, context: CallContext): Promise<Resolved> {
    return resolveEntity(this, options, context);
  }

  async close(): Promise<void> {
    await this.local.close();
    await this.meaning.close();
    this.http.close();
    this.live.close();
    this.knowledge.close();
  }
}

/** @param name of the knowledge folder; the default is what the user imported, else the starter */
export function openRetriever(name?: string, options?: RetrieverOptions): Retriever {
  return new Retriever(openKnowledge(name), { wordsFirst: true, ...options });
}
