/** Every live service at once on loopback, each on a port of its own, with fictional records in its own shapes and a log. */
import { createServer, type Server, type ServerResponse } from "node:http";
import { listen } from "../../kit/testing/listen.ts";
import { answerOf, core } from "./europepmc-answers.ts";
import { label, NONE, results } from "./fda-records.ts";
import { record, recordsAnswer, searchAnswer } from "./pubmed-server.ts";
import { rxnormAnswer } from "./rxnav-records.ts";
import { listing, row, spl } from "./spl-records.ts";
import { page, study } from "./trial-records.ts";

export const SERVICES = [
  "PUBMED",
  "EUROPEPMC",
  "ICITE",
  "IDCONV",
  "PMC_OA",
  "OPENFDA",
  "DAILYMED",
  "CLINICALTRIALS",
  "RXNAV",
] as const;
export type ServiceName = (typeof SERVICES)[number];

/** Least time between two requests to a service, as is stated of it (with a key of NCBI); in milliseconds. */
export const SPACING: Partial<Record<ServiceName, number>> = {
  PUBMED: 100,
  EUROPEPMC: 100,
  ICITE: 100,
  OPENFDA: 250,
  DAILYMED: 250,
  CLINICALTRIALS: 1000,
  RXNAV: 50,
};

export interface WorldRequest {
  service: ServiceName;
  path: string;
  parameters: URLSearchParams;
  /** Counts the requests to the service, from 1. */
  n: number;
  /** When it came, in milliseconds. */
  at: number;
}

export interface World {
  /** `PUBMED_URL` and the others. */
  env: Record<string, string>;
  log: WorldRequest[];
  /** Milliseconds before each answer; replaced at will. */
  latency: (request: WorldRequest) => number;
  /** Answers in place of the service where it returns true: failures, torn answers, silence. */
  disturb: (request: WorldRequest, response: ServerResponse) => boolean;
  close(): Promise<void>;
}

export async function startWorld(): Promise<World> {
  const servers = await Promise.all(SERVICES.map((service) => serve(service, () => world)));
  const world: World = {
    env: Object.fromEntries(SERVICES.map((service, i) => [`${service}_URL`, servers[i]!.url])),
    log: [],
    latency: () => 0,
    disturb: () => false,
    async close() {
      await Promise.all(
        servers.map(({ server }) => {
          server.closeAllConnections();
          return new Promise((resolve) => {
            server.close(resolve);
          });
        }),
      );
    },
  };
  return world;
}

async function serve(service: ServiceName, world: () => World): Promise<{ server: Server; url: string }> {
  let n = 0;
  const server = createServer((incoming, response) => {
    const { pathname: path, searchParams } = new URL(incoming.url ?? "/", "http://loopback");
    let body = "";
    incoming.on("data", (chunk: Buffer) => (body += chunk.toString()));
    incoming.on("end", () => {
      const parameters = incoming.method === "POST" ? new URLSearchParams(body) : searchParams;
      const request = { service, path, parameters, n: ++n, at: performance.now() };
      world().log.push(request);
      setTimeout(() => {
        if (response.destroyed || world().disturb(request, response)) return;
        const { status, text } = ANSWERS[service](request);
        response.writeHead(status, { "content-type": text.startsWith("<") ? "text/xml" : "application/json" });
        response.end(text);
      }, world().latency(request));
    });
  });
  return { server, url: await listen(server) };
}

interface Answer {
  status: number;
  text: string;
}

const json = (body: unknown, status = 200): Answer => ({ status, text: JSON.stringify(body) });
const xml = (text: string): Answer => ({ status: 200, text });

const PMIDS = Array.from({ length: 10 }, (_, i) => String(990000001 + i));

const ANSWERS: Record<ServiceName, (request: WorldRequest) => Answer> = {
  PUBMED: ({ path, parameters }) => {
    const isPmc = parameters.get("db") === "pmc";
    if (path.endsWith("/esearch.fcgi")) return { status: 200, text: searchAnswer(isPmc ? ["9900001"] : PMIDS) };
    if (path.endsWith("/efetch.fcgi")) return xml(isPmc ? FULL_TEXT : recordsAnswer(...PMIDS.map(paperOf)));
    return json({ linksets: [{ dbfrom: "pubmed", ids: [parameters.get("id")] }] });
  },
  EUROPEPMC: () => ({ status: 200, text: answerOf([{ ...core, title: "Zelpamab in vornitis: a review" }]) }),
  ICITE: () =>
    json({ data: PMIDS.map((pmid) => ({ pmid: Number(pmid), relative_citation_ratio: 1.5, citation_count: 12 })) }),
  IDCONV: () => json({ status: "ok", records: [] }),
  PMC_OA: () => ({ status: 404, text: "" }),
  OPENFDA: ({ path }) =>
    path === "/drug/label.json" ? json(results([label({ setid: SETID })])) : json(NONE.body, NONE.status),
  DAILYMED: ({ path }) =>
    path.endsWith(".json")
      ? json(listing([row(SETID, "ZELPA (ZELPAMAB) TABLET [FICTION INC.]")]))
      : xml(spl(SETID, "Zelpa is for vornitis.")),
  CLINICALTRIALS: () =>
    json(
      page(
        [
          study({
            nct: "NCT99000001",
            title: "Zelpamab in vornitis",
            conditions: ["Vornitis"],
            interventions: ["Zelpamab"],
          }),
        ],
        { total: 1 },
      ),
    ),
  RXNAV: ({ path, parameters }) => {
    const { body, status = 200 } = rxnormAnswer({ path, parameters: Object.fromEntries(parameters), raw: path, at: 0 });
    return json(body, status);
  },
};

const SETID = "99999999-0000-4000-8000-000000000001";

function paperOf(pmid: string): string {
  const abstract = `<AbstractText>Zelpamab was given to patients with vornitis, as report ${pmid} tells.</AbstractText>`;
  return record({ pmid, title: `Zelpamab in vornitis, report ${pmid}`, abstract });
}

const FULL_TEXT = `<?xml version="1.0"?><pmc-articleset><article article-type="research-article"><front><article-meta>
<article-id pub-id-type="pmid">990000001</article-id><article-id pub-id-type="pmc">PMC9900001</article-id>
<article-id pub-id-type="pmcid">PMC9900001</article-id>
<title-group><article-title>Zelpamab in vornitis, report 990000001</article-title></title-group>
<pub-date><year>2020</year></pub-date></article-meta></front>
<body><sec><title>Results</title><p>Zelpamab halved the flares of vornitis. ${"It was safe in patients with vornitis. ".repeat(20)}</p></sec></body>
</article></pmc-articleset>`;
