/** A subgraph as an SVG document that stands alone: title, graph, key of shapes and lines, what was left out. */
import { el, toMarkup, type Element } from "../../kit/drawing/element.ts";
import { clean, fit, widthOf, wrap } from "../../kit/drawing/text.ts";
import { fileStyle } from "../../kit/drawing/theme.ts";
import { categoryWords } from "./categories.ts";
import { drawGraph, drawShape } from "./draw.ts";
import { pictureGraph, type PictureGraph, type SubgraphLike } from "./graph.ts";
import { layOut } from "./layout.ts";
import { graphTitle } from "./title.ts";

/** Wide enough for a column of text; wider from so many nodes on, so that the picture keeps its proportions. */
const WIDTH = 720;
const WIDER_FROM = 45;
const LEFT = 20;
const TITLE_HEIGHT = 50;
const SMALL = 12;
const ROW = 20;

export function subgraphSvg(result: SubgraphLike & { notes?: readonly string[] | undefined }): string {
  const graph = pictureGraph(result);
  const width = Math.round(WIDTH * Math.sqrt(Math.max(1, graph.nodes.length / WIDER_FROM)));
  const layout = layOut(graph, width);
  const { edges, nodes } = drawGraph(layout);
  const key = drawKey(graph, TITLE_HEIGHT + layout.height + 6, width);
  const notes = drawNotes(notesOf(graph, result.notes ?? []), key.bottom + 4, width);
  const height = notes.bottom + 12;
  const title = graphTitle(graph);
  return toMarkup(
    el(
      "svg",
      {
        xmlns: "http://www.w3.org/2000/svg",
        viewBox: `0 0 ${width} ${Math.round(height)}`,
        width,
        height,
        role: "img",
        "aria-label": `${title}: ${nodes.length} entities, ${edges.length} relations`,
      },
      [
        el("style", {}, [fileStyle()]),
        el("rect", { class: "fill-paper", width: "100%", height: "100%" }),
        el("text", { class: "fill-ink", x: LEFT, y: 26, "font-size": 16, "font-weight": 600 }, [
          fit(title, width - 2 * LEFT, 17),
        ]),
        el("text", { class: "fill-muted", x: LEFT, y: 44, "font-size": SMALL }, [
          `${nodes.length} entities, ${edges.length} relations`,
        ]),
        el("g", { transform: `translate(0 ${TITLE_HEIGHT})` }, [...edges, ...nodes]),
        ...key.drawn,
        ...notes.drawn,
      ],
    ),
  );
}

function notesOf({ omitted, nodes }: PictureGraph, notes: readonly string[]): string[] {
  if (omitted === 0) return notes.map(clean);
  return [`${omitted} entities are not drawn: the ${nodes.length} best connected are`, ...notes.map(clean)];
}

/** What the shapes and lines mean, in rows. */
function drawKey({ nodes, edges }: PictureGraph, top: number, width: number): { drawn: Element[]; bottom: number } {
  const categories = [...new Set(nodes.map((n) => n.category))];
  const drawn: Element[] = [
    el("path", { class: "line-rule", d: `M${LEFT} ${top}H${width - LEFT}`, "stroke-width": 1 }),
  ];
  let [x, y] = [LEFT, top + ROW];
  const put = (words: string, mark: (x: number, y: number) => Element, markWidth: number) => {
    const itemWidth = markWidth + widthOf(words, SMALL) + 18;
    if (x > LEFT && x + itemWidth > width - LEFT) [x, y] = [LEFT, y + ROW];
    drawn.push(
      mark(x, y),
      el("text", { class: "fill-muted", x: x + markWidth, y: y + 4, "font-size": SMALL }, [words]),
    );
    x += itemWidth;
  };
  for (const category of categories) {
    put(fit(categoryWords(clean(category)), 160, SMALL), (x, y) => drawShape(category, x + 6, y, 6), 17);
  }
  if (nodes.some((n) => n.isSeed)) put("asked for", seedMark, 19);
  if (edges.some((e) => e.negated)) put("said NOT to be so", negatedMark, 30);
  return { drawn, bottom: y + ROW / 2 };
}

function seedMark(x: number, y: number): Element {
  return el("circle", { class: "line-ink", cx: x + 7, cy: y, r: 6.5, fill: "none", "stroke-width": 1.5 });
}

function negatedMark(x: number, y: number): Element {
  return el("path", { class: "line-against", d: `M${x} ${y}h24`, "stroke-width": 1.4, "stroke-dasharray": "5 4" });
}

function drawNotes(notes: readonly string[], top: number, width: number): { drawn: Element[]; bottom: number } {
  const lines = notes.slice(0, 4).flatMap((note) => wrap(note, width - 2 * LEFT, SMALL, 2));
  const drawn = lines.map((line, i) =>
    el("text", { class: "fill-muted", x: LEFT, y: top + 12 + i * 16, "font-size": SMALL }, [line]),
  );
  return { drawn, bottom: top + lines.length * 16 };
}
