/** Where the reader's documents come from: the loaded knowledge, the store of pages read before, the web, and files. */
import { notFound, ToolError } from "../kit/failure.ts";
import { httpClient, type HttpClient } from "../kit/http/index.ts";
import { aliasesOf, canonicalId, isRecordOf } from "../knowledge/document-ids.ts";
import { DocumentStore } from "../knowledge/documents.ts";
import { openKnowledge, type Knowledge } from "../knowledge/index.ts";
import { readerStorePath } from "../knowledge/live-documents.ts";
import type { Outcome } from "../../schemas/index.ts";
import { parseDocument } from "./formats/index.ts";
import { FilesRead } from "./files-read.ts";
import { readLocalFile } from "./local-files.ts";
import { OlderTexts } from "./older-texts.ts";
import { asDocument, type ReadableDocument } from "./readable.ts";
import { readSource, type FileSource, type WebSource } from "./source.ts";
import { isVersion, readPlace, storeNewest, versionId, withHash } from "./versions.ts";
import { askPage, fetchPage, pageAddress, pageId, type AskPage } from "./web-pages.ts";

/** A page is asked for again after a day. */
const FRESH_MS = 24 * 60 * 60 * 1000;

export interface Loaded {
  document: ReadableDocument;
  outcome: Outcome;
}

/** Told to clients that asked for progress. */
export type Progress = (done: number, total?: number, message?: string) => void;

export interface LibraryOptions {
  /** Name of the knowledge folder; the default one where absent. */
  knowledge?: string;
  /** How pages are fetched; by a client of its own where absent. */
  askPage?: AskPage;
}

export class Library {
  readonly #options: LibraryOptions;
  readonly #files = new FilesRead();
  #knowledge: Knowledge | undefined;
  #store: DocumentStore | undefined;
  #older: OlderTexts | undefined;
  #http: HttpClient | undefined;
  readonly #askPage: AskPage;

  constructor(options: LibraryOptions = {}) {
    this.#options = options;
    this.#askPage = options.askPage ?? ((address, signal) => askPage((this.#http ??= httpClient()), address, signal));
  }

  /**
   * The document that `source` names: an id, a web address, or a path; of a page or file also an older text, by the
   * id of a passage in it.
   * @throws ToolError with what to do next
   */
  async load(source: string, signal: AbortSignal, progress: Progress = () => {}): Promise<Loaded> {
    const { source: of, version } = readPlace(source);
    return version ? this.#version(of, version, signal) : this.#newest(of, signal, progress);
  }

  async #newest(source: string, signal: AbortSignal, progress: Progress): Promise<Loaded> {
    const named = readSource(source);
    if (named.kind === "file") return this.#file(named, signal);
    if (named.kind === "web") return this.#page(named, signal, progress);
    return this.#record(named.id);
  }

  close(): void {
    this.#knowledge?.close();
    this.#store?.close();
    this.#older?.close();
    this.#http?.close();
  }

  /** The text that was cited, whatever the page or file says today. A file is shown only where it may be read. */
  async #version(id: string, version: string, signal: AbortSignal): Promise<Loaded> {
    const named = readSource(id);
    if (named.kind === "file") await this.#file(named, signal).catch(unlessGone);
    const key = named.kind === "web" ? pageId(named) : id;
    const store = this.#openStore();
    const newest = store.get(key);
    if (newest && isVersion(newest, version)) return found(newest, "local");
    // A name proves nothing: the text itself has to be the one that was cited.
    const older = store.withPrefix(`${key}@sha256:${version}`).find((one) => isVersion(one, version));
    if (older) return found(older, "local");
    throw notFound(
      `the text ${version} of ${key}`,
      "it was never read here; give the id without @sha256 to read what stands there now",
    );
  }

  #record(id: string): Loaded {
    const knowledge = this.#openKnowledge();
    const canonical = canonicalId(id);
    const document = [id, ...aliasesOf(canonical)]
      .map((name) => knowledge.documents.get(name) ?? this.#openStore().get(name))
      .find((one) => one && (one.id === id || isRecordOf(one, canonical)));
    if (!document) {
      throw notFound(
        `document ${id} in the knowledge "${knowledge.name}"`,
        "search_medical_evidence finds ids of stored documents; get_medical_document fetches PubMed records; for a web page give its full address, for a file its full path",
      );
    }
    return found(document, "local");
  }

  async #page(named: WebSource, signal: AbortSignal, progress: Progress): Promise<Loaded> {
    const url = pageAddress(named.url);
    const id = pageId(named);
    const source = new URL(url).host;
    // Only a document of that very id: others merely mention the address.
    const recorded = this.#recordedPage(id);
    if (recorded) return found(recorded, "local");
    const store = this.#openStore();
    const stored = store.get(id);
    if (stored?.fetchedAt && Date.now() - Date.parse(stored.fetchedAt) < FRESH_MS) return found(stored, source);
    try {
      const page = withHash(await fetchPage(this.#askPage, url, signal, progress, named.member));
      // What was stored under an address that now leads elsewhere would hide the new page.
      if (page.id !== id && stored?.id === id) {
        const older = { ...stored, id: versionId(withHash(stored)), identifiers: {} };
        store.put([older]);
        store.delete([id]);
        await this.#older!.add([older]);
      }
      await this.#older!.add(storeNewest(store, page));
      return found(page, source);
    } catch (error) {
      if (!stored || !isOutage(error)) throw error;
      const message = `${error.message}; this copy is from ${stored.fetchedAt}`;
      return { document: { ...stored, stale: true }, outcome: { source, outcome: "degraded", message } };
    }
  }

  async #file({ path, member }: FileSource, signal: AbortSignal): Promise<Loaded> {
    const file = await readLocalFile(path);
    const name = file.path.split(/[\\/]/).at(-1)!;
    const place = member ? `${file.path}!/${member}` : file.path;
    const document = await this.#files.get(place, file.bytes, async () => {
      const parsed = await parseDocument({ bytes: file.bytes, name, ...(member ? { member } : {}), signal });
      const title = member?.split("/").at(-1) ?? name;
      return withHash(asDocument(`FILE:${place}`, title, parsed, { publicationTypes: ["Local File"] }));
    });
    const replaced = storeNewest(this.#openStore(), document);
    await this.#older!.add(replaced);
    return found(document, "file");
  }

  /** A page need not wait for knowledge that cannot be opened. */
  #recordedPage(id: string): ReadableDocument | undefined {
    try {
      const { documents } = this.#openKnowledge();
      return documents.has(id) ? documents.get(id) : undefined;
    } catch {
      return undefined;
    }
  }

  #openKnowledge(): Knowledge {
    try {
      return (this.#knowledge ??= openKnowledge(this.#options.knowledge));
    } catch (error) {
      throw new ToolError({
        reason: "unavailable",
        message: `the knowledge cannot be opened: ${(error as Error).message}`,
        recovery: "give a web address instead, or have the operator run `medresearcher data status`",
        retryable: false,
      });
    }
  }

  #openStore(): DocumentStore {
    if (!this.#store) {
      this.#store = new DocumentStore(readerStorePath());
      this.#older = new OlderTexts(this.#store, readerStorePath());
    }
    return this.#store;
  }
}

function found(document: ReadableDocument, source: string): Loaded {
  const { incomplete } = document;
  return {
    document,
    outcome: incomplete ? { source, outcome: "degraded", message: incomplete } : { source, outcome: "found" },
  };
}

/** A file that is gone may still have been cited; one that may not be read is not shown. */
function unlessGone(error: unknown): void {
  if (!(error instanceof ToolError && error.reason === "not_found")) throw error;
}

/** The page could not be asked for, as opposed to: it is gone or is refused. */
function isOutage(error: unknown): error is ToolError {
  if (!(error instanceof ToolError)) return false;
  return ["unavailable", "rate_limited", "timeout"].includes(error.reason);
}
