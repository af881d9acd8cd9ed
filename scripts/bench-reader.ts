/** The document reader: main text of web pages beside Readability alone, a 300-page PDF, and fifty reads at once. */
import { benchBesideReads } from "../servers/document-reader/bench/beside-reads.ts";
import { benchExtraction } from "../servers/document-reader/bench/extraction.ts";
import { benchLongDocuments } from "../servers/document-reader/bench/long-documents.ts";

benchExtraction();
await benchLongDocuments();
await benchBesideReads();
