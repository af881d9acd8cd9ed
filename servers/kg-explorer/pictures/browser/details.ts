/** What stands beside the graph: the evidence of a relation, or the card of an entity. */
import { clean } from "../../../kit/drawing/text.ts";
import { button, html } from "../../../kit/apps/browser/dom.ts";
import type { Host } from "../../../kit/apps/browser/host.ts";
import { categoryWords } from "../categories.ts";
import { sentenceOf } from "../draw.ts";
import type { Edge } from "../graph.ts";
import type { Layout } from "../layout.ts";

interface DocumentHit {
  id: string;
  title: string;
  published?: string;
  publisher?: string;
  journal?: string;
  integrity?: string;
  identifiers?: Record<string, string>;
}
interface EvidenceAnswer {
  passages?: { document: string; text: string; section?: string }[];
  documents?: DocumentHit[];
  outcomes?: { outcome: string; message?: string }[];
}

const SHOWN_AT_ONCE = 40;

export function nodeDetails(place: number, layout: Layout, choose: (edge: number) => void): HTMLElement[] {
  const node = layout.nodes[place]!;
  const own = [...layout.edges.entries()].filter(([, e]) => e.from === place || e.to === place);
  const items = own.slice(0, SHOWN_AT_ONCE).map(([index, edge]) =>
    html(
      "li",
      {},
      button(sentenceOf(edge, layout), () => choose(index)),
    ),
  );
  const more = own.length - items.length;
  return [
    html("h2", {}, node.name),
    html("p", { class: "muted small" }, `${categoryWords(node.category)} · ${node.id}`),
    html("ul", { "aria-label": "Relations" }, ...items),
    ...(more > 0 ? [html("p", { class: "muted small" }, `and ${more} more`)] : []),
  ];
}

/** The relation with what the result holds of its evidence; `fetched` says it whole where the host passes calls on. */
export function edgeDetails(edge: Edge, layout: Layout, host: Host): HTMLElement[] {
  const evidence = html("div", { class: "evidence", "aria-live": "polite" });
  const inline = edge.evidence.map(({ document, quote }) => quoted(quote, document));
  if (host.callsTools) {
    evidence.append(html("p", { class: "muted small" }, "Fetching the evidence …"));
    void fetchEvidence(edge, host).then(
      (parts) => evidence.replaceChildren(...parts),
      (error: Error) =>
        evidence.replaceChildren(
          ...inline,
          html("p", { class: "muted small" }, `No more could be had: ${error.message}`),
        ),
    );
  } else if (inline.length > 0) evidence.append(...inline);
  else evidence.append(html("p", { class: "muted small" }, "The result holds no evidence of this relation."));
  const words = edge.negated ? [html("p", { class: "negated-words" }, "Said NOT to be so")] : [];
  return [
    html("h2", {}, sentenceOf(edge, layout)),
    ...words,
    ...(edge.qualifiers ? [html("p", { class: "muted small" }, edge.qualifiers)] : []),
    evidence,
  ];
}

async function fetchEvidence(edge: Edge, host: Host): Promise<HTMLElement[]> {
  const answer: EvidenceAnswer = await host.callTool("get_evidence", { relation: edge.id });
  const documents = new Map((answer.documents ?? []).map((d) => [d.id, d]));
  const parts = (answer.passages ?? []).map(({ document, text, section }) =>
    quoted(text, document, documents.get(document), section, host),
  );
  const problems = (answer.outcomes ?? []).flatMap((o) => (o.outcome !== "found" && o.message ? [o.message] : []));
  return [...parts, ...problems.map((problem) => html("p", { class: "muted small" }, problem))];
}

function quoted(text: string, id: string, document?: DocumentHit, section?: string, host?: Host): HTMLElement {
  const source = document
    ? [clean(document.title), id, document.publisher ?? document.journal, document.published, section]
    : [id];
  const cite = html("cite", {}, source.filter(Boolean).join(" · "));
  if (document?.integrity === "retracted")
    cite.append(" ", html("span", { class: "negated-words" }, "retracted: no evidence"));
  const url = document && linkTo(id, document);
  if (url && host?.opensLinks) {
    cite.append(
      " ",
      button("Open", () => void host.openLink(url).catch(() => undefined), { class: "small" }),
    );
  }
  return html("blockquote", {}, text, cite);
}

/** Where a reader finds the document; only addresses of the web. */
function linkTo(id: string, { identifiers = {} }: DocumentHit): string | undefined {
  const { url, pmid, doi, nct } = identifiers;
  if (url && /^https?:\/\//.test(url)) return url;
  const paper = pmid ?? /^PMID:(\d+)$/.exec(id)?.[1];
  if (paper) return `https://pubmed.ncbi.nlm.nih.gov/${encodeURIComponent(paper)}/`;
  if (doi) return `https://doi.org/${encodeURI(doi)}`;
  const trial = nct ?? /^NCT:(\w+)$/.exec(id)?.[1];
  return trial ? `https://clinicaltrials.gov/study/${encodeURIComponent(trial)}` : undefined;
}
