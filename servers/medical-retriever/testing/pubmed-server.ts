/** A loopback server that answers as E-utilities do; what it says is decided by the test. */
import { createServer, type ServerResponse } from "node:http";
import { listen } from "../../kit/testing/listen.ts";

interface PubmedCall {
  utility: string;
  method: string;
  parameters: URLSearchParams;
}

export interface PubmedServer {
  url: string;
  calls: PubmedCall[];
  /** Decides the answer; replaced at will. */
  answer: (call: PubmedCall, response: ServerResponse, n: number) => void;
  close(): Promise<void>;
}

export async function pubmedServer(): Promise<PubmedServer> {
  const server = createServer((request, response) => {
    const address = new URL(request.url ?? "/", "http://loopback");
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const utility = /(\w+)\.fcgi$/.exec(address.pathname)?.[1] ?? "";
      const parameters = request.method === "POST" ? new URLSearchParams(body) : address.searchParams;
      const call = { utility, method: request.method ?? "GET", parameters };
      pubmed.calls.push(call);
      pubmed.answer(call, response, pubmed.calls.length);
    });
  });
  const url = await listen(server);
  const pubmed: PubmedServer = {
    url: `${url}/eutils`,
    calls: [],
    answer: (_, response) => response.writeHead(500).end(),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return pubmed;
}

export function searchAnswer(pmids: readonly string[], more: Record<string, unknown> = {}): string {
  return JSON.stringify({ esearchresult: { count: String(pmids.length), idlist: pmids, ...more } });
}

/** Fictional records in the shape of efetch. */
export function recordsAnswer(...records: string[]): string {
  return `<?xml version="1.0" ?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">
<PubmedArticleSet>${records.join("\n")}</PubmedArticleSet>`;
}

export interface RecordParts {
  pmid: string;
  title: string;
  abstract: string;
  types?: string;
  notices?: string;
  date?: string;
}

export function record({
  pmid,
  title,
  abstract,
  types = "",
  notices = "",
  date = "<Year>2020</Year>",
}: RecordParts): string {
  return `<PubmedArticle><MedlineCitation><PMID Version="1">${pmid}</PMID><Article>
<Journal><JournalIssue><PubDate>${date}</PubDate></JournalIssue><Title>Journal of Fictions</Title></Journal>
<ArticleTitle>${title}</ArticleTitle><Abstract>${abstract}</Abstract>
<AuthorList><Author><LastName>Doe</LastName><Initials>J</Initials></Author><Author><CollectiveName>Fiction Group</CollectiveName></Author></AuthorList>
<PublicationTypeList><PublicationType UI="D016428">Journal Article</PublicationType>${types}</PublicationTypeList></Article>
<CommentsCorrectionsList>${notices}</CommentsCorrectionsList>
<MeshHeadingList><MeshHeading><DescriptorName UI="D000000">Fictions</DescriptorName></MeshHeading></MeshHeadingList></MedlineCitation>
<PubmedData><ArticleIdList><ArticleId IdType="pubmed">${pmid}</ArticleId><ArticleId IdType="doi">10.9999/fiction.${pmid}</ArticleId><ArticleId IdType="pmc">PMC${pmid}</ArticleId></ArticleIdList></PubmedData></PubmedArticle>`;
}
