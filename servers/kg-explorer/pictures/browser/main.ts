/** The subgraph app: draws a `get_subgraph` result and shows the evidence of what is chosen. */
import { el } from "../../../kit/drawing/element.ts";
import { clean } from "../../../kit/drawing/text.ts";
import { button, html, show, showStatus, toNode } from "../../../kit/apps/browser/dom.ts";
import { failureIn, Host, wholeOf, type ToolResult } from "../../../kit/apps/browser/host.ts";
import { categoryWords } from "../categories.ts";
import { drawGraph, drawShape, sentenceOf } from "../draw.ts";
import { pictureGraph, type PictureGraph, type SubgraphLike } from "../graph.ts";
import { layOut, type Layout } from "../layout.ts";
import { graphTitle } from "../title.ts";
import { edgeDetails, nodeDetails } from "./details.ts";
import { View } from "./view.ts";

/** Widths of a page that a layout is made for: narrower ones pan, wider ones leave a border. */
const NARROWEST = 420;
const WIDEST = 1200;
/** Wider layouts that are tried for a page. */
const WIDER = [1, 1.3, 1.7];
const TALLEST = 680;
const LOWEST = 280;
/** Height of what stands above and below the page. */
const AROUND = 170;
const PAN = 60;

let redraw: (() => void) | undefined;
let drawnWidth = 0;

const host = new Host({
  result: receive,
  cancelled: (reason) => showStatus(`The call was cancelled${reason ? `: ${reason}` : "."}`, true),
  context: ({ displayMode }) => document.body.classList.toggle("fullscreen", displayMode === "fullscreen"),
});

function receive(result: ToolResult): void {
  if (result.isError) return showStatus(failureIn(result), true);
  const content = wholeOf(result) as SubgraphLike & { notes?: string[] };
  const graph = pictureGraph(content);
  if (graph.nodes.length === 0) return showStatus("There is nothing to draw: the result holds no entities.");
  redraw = () => draw(graph, content.notes ?? []);
  redraw();
}

window.addEventListener("resize", () => {
  if (Math.abs(roomWidth() - drawnWidth) > 40) redraw?.();
});

function roomWidth(): number {
  return document.querySelector("#app")!.clientWidth - 26;
}

function draw(graph: PictureGraph, notes: readonly string[]): void {
  const room = roomWidth();
  drawnWidth = room;
  const beside = room >= 820 ? 312 : 0;
  const layout = bestLayout(graph, Math.max(NARROWEST, room - beside));
  const svg = drawingOf(layout);
  const details = html("section", { class: "details", "aria-label": "Details" }, ...hint());
  const page = html("div", { class: "page" });
  page.append(svg);
  const tools = html("div", { class: "tools", role: "toolbar", "aria-label": "View" });
  show(
    html(
      "header",
      {},
      html(
        "div",
        { class: "words" },
        html("h1", {}, graphTitle(graph)),
        html("p", { class: "muted small" }, `${graph.nodes.length} entities, ${graph.edges.length} relations`),
      ),
      tools,
    ),
    html("div", { class: "views" }, page, details),
    key(graph),
    ...remarks(graph, notes),
  );
  const view = new View(svg, layout);
  view.start(layout.nodes[0]!);
  addTools(tools, view);
  makeInteractive(svg, layout, view, details);
}

/** The layout that can be shown largest on a page of this width. */
function bestLayout(graph: PictureGraph, width: number): Layout {
  const tried = WIDER.map((factor) => layOut(graph, Math.min(WIDEST, width) * factor));
  const scale = (layout: Layout) => Math.min(1, width / layout.width, tallest() / layout.height);
  return tried.reduce((best, next) => (scale(next) > scale(best) ? next : best));
}

function drawingOf(layout: Layout): SVGSVGElement {
  const { edges, nodes } = drawGraph(layout);
  const svg = toNode(
    el(
      "svg",
      { role: "group", "aria-label": "Graph. Arrow keys move from item to item, Enter chooses, Escape ends." },
      [...edges, ...nodes],
    ),
  ) as SVGSVGElement;
  svg.style.height = `${Math.min(tallest(), layout.height)}px`;
  return svg;
}

/** As high as the host's container has room for. */
function tallest(): number {
  const { height, maxHeight = height } = host.context.containerDimensions ?? {};
  return maxHeight === undefined ? TALLEST : Math.min(TALLEST, Math.max(LOWEST, maxHeight - AROUND));
}

function addTools(bar: HTMLElement, view: View): void {
  bar.append(
    button("+", () => view.zoom(1.3), { "aria-label": "Zoom in" }),
    button("−", () => view.zoom(1 / 1.3), { "aria-label": "Zoom out" }),
    button("Fit", () => view.fit(), { "aria-label": "Show all" }),
  );
  if (!host.offers("fullscreen")) return;
  const toggle = () => {
    const wanted = host.context.displayMode === "fullscreen" ? "inline" : "fullscreen";
    void host.requestDisplayMode(wanted).then(
      () => view.fit(),
      () => undefined,
    );
  };
  bar.append(button("⤢", toggle, { "aria-label": "Full screen" }));
}

function makeInteractive(svg: SVGSVGElement, layout: Layout, view: View, details: HTMLElement): void {
  const edges = [...svg.querySelectorAll<SVGGElement>("[data-edge]")];
  const nodes = [...svg.querySelectorAll<SVGGElement>("[data-node]")];
  // Entities first, then relations: the order of the arrow keys.
  const items = [...nodes, ...edges];
  const choose = (item: SVGGElement | undefined) => {
    mark(svg, item, layout, nodes, edges);
    details.replaceChildren(...describe(item, layout, (edge) => choose(edges[edge])));
  };
  for (const [index, item] of items.entries()) {
    item.setAttribute("role", "button");
    item.setAttribute("tabindex", index === 0 ? "0" : "-1");
    item.setAttribute("aria-label", nameOf(item, layout));
    item.addEventListener("click", () => {
      if (!view.wasDragged) choose(item);
    });
  }
  svg.addEventListener("click", (event) => {
    if (event.target === svg && !view.wasDragged) choose(undefined);
  });
  svg.addEventListener("keydown", (event) => {
    const at = items.indexOf(event.target as SVGGElement);
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (event.shiftKey && step !== undefined) view.pan(...panOf(event.key));
    else if (step !== undefined && at >= 0) focus(items, (at + step + items.length) % items.length, layout, view);
    else if ((event.key === "Enter" || event.key === " ") && at >= 0) choose(items[at]);
    else if (event.key === "Escape") choose(undefined);
    else if (event.key === "+" || event.key === "=") view.zoom(1.3);
    else if (event.key === "-") view.zoom(1 / 1.3);
    else if (event.key === "0") view.fit();
    else return;
    event.preventDefault();
  });
}

function panOf(key: string): [number, number] {
  if (key === "ArrowLeft") return [-PAN, 0];
  if (key === "ArrowRight") return [PAN, 0];
  return key === "ArrowUp" ? [0, -PAN] : [0, PAN];
}

function focus(items: readonly SVGGElement[], next: number, layout: Layout, view: View): void {
  for (const [index, item] of items.entries()) item.setAttribute("tabindex", index === next ? "0" : "-1");
  items[next]!.focus({ preventScroll: true });
  const { node, edge } = placesOf(items[next]!);
  const ends = edge === undefined ? [node!] : [layout.edges[edge]!.from, layout.edges[edge]!.to];
  for (const end of ends) view.reveal(layout.nodes[end]!);
}

function placesOf(item: SVGGElement): { node?: number; edge?: number } {
  const { node, edge } = item.dataset;
  return { ...(node ? { node: Number(node) } : {}), ...(edge ? { edge: Number(edge) } : {}) };
}

function nameOf(item: SVGGElement, layout: Layout): string {
  const { node, edge } = placesOf(item);
  if (edge !== undefined) return sentenceOf(layout.edges[edge]!, layout);
  const { name, category } = layout.nodes[node!]!;
  return `${name}, ${categoryWords(category)}`;
}

/** Shows what is chosen and what it touches; all else steps back. */
function mark(
  svg: SVGSVGElement,
  item: SVGGElement | undefined,
  layout: Layout,
  nodes: readonly SVGGElement[],
  edges: readonly SVGGElement[],
): void {
  for (const other of [...nodes, ...edges]) other.classList.remove("chosen", "near");
  svg.classList.toggle("chosen-one", item !== undefined);
  if (!item) return;
  item.classList.add("chosen", "near");
  const { node, edge } = placesOf(item);
  for (const [index, { from, to }] of layout.edges.entries()) {
    if (index !== edge && from !== node && to !== node) continue;
    for (const part of [edges[index]!, nodes[from]!, nodes[to]!]) part.classList.add("near");
  }
}

function describe(item: SVGGElement | undefined, layout: Layout, choose: (edge: number) => void): HTMLElement[] {
  if (!item) return hint();
  const { node, edge } = placesOf(item);
  return edge === undefined ? nodeDetails(node!, layout, choose) : edgeDetails(layout.edges[edge]!, layout, host);
}

function hint(): HTMLElement[] {
  return [
    html(
      "p",
      { class: "muted small" },
      "Choose a line for its evidence, or an entity for its relations. Drag to move, Ctrl and wheel to zoom.",
    ),
  ];
}

function key({ nodes, edges }: PictureGraph): HTMLElement {
  const list = html("div", { class: "key muted small", "aria-label": "Key" });
  const put = (words: string, width: number, ...mark: Parameters<typeof toNode>) =>
    list.append(html("span", {}, toNode(el("svg", { width, height: 14, "aria-hidden": "true" }, mark)), words));
  for (const category of new Set(nodes.map((n) => n.category))) {
    put(categoryWords(clean(category)), 14, drawShape(category, 7, 7, 5.5));
  }
  if (nodes.some((n) => n.isSeed))
    put("asked for", 14, el("circle", { class: "line-ink", cx: 7, cy: 7, r: 6, fill: "none", "stroke-width": 1.5 }));
  if (edges.some((e) => e.negated)) {
    const line = { class: "line-against", d: "M0 7h24", "stroke-width": 1.4, "stroke-dasharray": "5 4" };
    put("said NOT to be so", 24, el("path", line));
  }
  return list;
}

function remarks({ omitted, nodes }: PictureGraph, notes: readonly string[]): HTMLElement[] {
  const all =
    omitted > 0 ? [`${omitted} entities are not drawn: the ${nodes.length} best connected are`, ...notes] : notes;
  return all.slice(0, 6).map((note) => html("p", { class: "muted small notes" }, clean(note)));
}

await host.connect("medresearcher-subgraph");
