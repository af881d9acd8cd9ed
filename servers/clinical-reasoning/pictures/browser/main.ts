/** The diagnosis app: draws an `explain_diagnosis` result, shows sources, and explains another disease on request. */
import { el } from "../../../kit/drawing/element.ts";
import { clean } from "../../../kit/drawing/text.ts";
import { button, html, show, showStatus, toNode } from "../../../kit/apps/browser/dom.ts";
import { failureIn, Host, type ToolResult } from "../../../kit/apps/browser/host.ts";
import { contributionChart, nameOf } from "../contribution-chart.ts";
import type { ContributionLike, ExplanationLike } from "../explanation.ts";
import { factor, percent } from "../numbers.ts";
import { posteriorChart } from "../posterior-chart.ts";
import type { Chart } from "../rows.ts";
import { FOR_AND_AGAINST, headline, LIMITS } from "../words.ts";

interface Explained extends ExplanationLike {
  unmentioned?: { label: string; source: string }[];
  relations?: { object: string; objectName: string; evidence: { document: string; quote: string }[] }[];
  documents?: { id: string; title: string }[];
  notes?: string[];
}

const NARROWEST = 430;
const WIDEST = 860;

let patient: Record<string, unknown> = {};
let shown: Explained | undefined;
let drawnWidth = 0;

const host = new Host({
  input: (args) => (patient = args),
  result: receive,
  cancelled: (reason) => showStatus(`The call was cancelled${reason ? `: ${reason}` : "."}`, true),
});

function receive(result: ToolResult): void {
  if (result.isError) return showStatus(failureIn(result), true);
  const content = result.structuredContent as Explained | undefined;
  if (!content?.diagnosis) return showStatus("There is nothing to draw: the result holds no diagnosis.", true);
  shown = content;
  draw(content);
}

function draw(content: Explained): void {
  const width = chartWidth();
  drawnWidth = width;
  const details = html("div", { class: "details muted small", "aria-live": "polite" }, hint());
  const findings = figure(FOR_AND_AGAINST, contributionChart(content, width), width);
  const likely = figure(
    "Posterior beside the leading diseases, with 90% interval",
    posteriorChart(content, width),
    width,
  );
  const charts = html("div", {}, likely, findings);
  const beside = html("div", {}, details, ...unmentioned(content));
  show(
    html("h1", {}, clean(content.diagnosis.name)),
    html("p", { class: "muted small" }, headline(content)),
    html("div", { class: "views" }, charts, beside),
    html(
      "footer",
      { class: "muted small" },
      html("p", {}, LIMITS),
      ...(content.notes ?? []).map((note) => html("p", {}, clean(note))),
    ),
  );
  const choose = (row: SVGGElement, ...parts: (Node | string)[]) => {
    for (const other of document.querySelectorAll(".row.chosen")) other.classList.remove("chosen");
    row.classList.add("chosen");
    details.classList.remove("muted");
    details.replaceChildren(...parts);
  };
  for (const row of rowsOf(findings)) {
    const contribution = content.diagnosis.contributions.find((c) => c.finding === row.dataset["finding"]);
    press(row, () => choose(row, ...(contribution ? contributionDetails(contribution, content) : [hint()])));
  }
  for (const row of rowsOf(likely)) press(row, () => choose(row, ...diseaseDetails(row.dataset["disease"]!, content)));
}

function chartWidth(): number {
  const room = document.querySelector("#app")!.clientWidth - 24;
  const own = room >= 976 ? ((room - 28) * 3) / 5 : room;
  return Math.round(Math.min(WIDEST, Math.max(NARROWEST, own)));
}

function figure(title: string, { drawn, height }: Chart, width: number): HTMLElement {
  const svg = toNode(
    el("svg", { viewBox: `0 0 ${width} ${Math.ceil(height)}`, role: "group", "aria-label": title }, drawn),
  );
  return html("section", {}, html("h2", {}, title), svg);
}

function rowsOf(section: HTMLElement): SVGGElement[] {
  return [...section.querySelectorAll<SVGGElement>(".row")];
}

/** Pointer and keyboard alike. */
function press(row: SVGGElement, act: () => void): void {
  row.setAttribute("role", "button");
  row.setAttribute("tabindex", "0");
  row.setAttribute("aria-label", row.querySelector("title")!.textContent);
  row.addEventListener("click", act);
  row.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    act();
  });
}

function hint(): string {
  return "Choose a finding for its source, or a disease for more about it.";
}

/** What a finding does, through which annotated term, and the sentence that says so. */
function contributionDetails(contribution: ContributionLike, content: Explained): Node[] {
  const { logLikelihoodRatio, via, frequency, source } = contribution;
  const lines = [
    `Multiplies the odds by ${factor(logLikelihoodRatio)}.`,
    ...(via
      ? [
          `Annotated for this disease as ${clean(via)}${frequency === undefined ? "" : `, in ${percent(frequency)} of patients`}.`,
        ]
      : []),
    ...(source ? [`${clean(source)}.`] : []),
  ];
  const term = /\(([A-Z]+:\d+)\)$/.exec(via ?? "")?.[1];
  const quotes = (content.relations ?? [])
    .filter((r) => r.object === (term ?? contribution.finding))
    .flatMap((r) => r.evidence);
  return [
    html("h2", {}, nameOf(contribution)),
    ...lines.map((line) => html("p", {}, line)),
    ...quotes.map(({ document: id, quote }) => {
      const title = content.documents?.find((d) => d.id === id)?.title;
      return html("blockquote", {}, quote, html("cite", {}, [title && clean(title), id].filter(Boolean).join(" · ")));
    }),
  ];
}

function diseaseDetails(id: string, content: Explained): Node[] {
  const disease = content.leading?.find((d) => d.disease === id) ?? content.diagnosis;
  const words = html("p", {}, `${id}: posterior ${percent(disease.posterior)}`);
  const title = html("h2", {}, clean(disease.name));
  if (id === content.diagnosis.disease || !host.callsTools) return [title, words];
  const status = html("p", { class: "muted" });
  const explain = button("Explain this one", () => {
    status.textContent = "Asking …";
    void host.callTool("explain_diagnosis", { ...patient, disease: id }).then(
      (structuredContent) => receive({ structuredContent }),
      (error: Error) => (status.textContent = `That failed: ${error.message}`),
    );
  });
  return [title, words, explain, status];
}

function unmentioned({ unmentioned = [] }: Explained): HTMLElement[] {
  if (unmentioned.length === 0) return [];
  const items = unmentioned.map(({ label, source }) => html("li", {}, `${clean(label)}: ${clean(source)}`));
  return [
    html("section", {}, html("h2", {}, "Not known, worth looking for"), html("ul", { class: "small" }, ...items)),
  ];
}

window.addEventListener("resize", () => {
  if (shown && Math.abs(chartWidth() - drawnWidth) > 40) draw(shown);
});

await host.connect("medresearcher-diagnosis");
