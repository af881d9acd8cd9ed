/** The interactive picture of a subgraph for clients with MCP Apps. */
import { join } from "node:path";
import type { App } from "../../kit/index.ts";

export const SUBGRAPH_APP: App = {
  uri: "ui://kg-explorer/subgraph",
  name: "subgraph",
  title: "Subgraph",
  description: "A piece of the knowledge graph: pan, zoom, and the evidence of each relation on click.",
  main: join(import.meta.dirname, "browser", "main"),
  style: `
header{display:flex;gap:8px 12px;align-items:center;flex-wrap:wrap;margin-bottom:8px}
header .words{flex:1 1 220px;min-width:0}
.tools{display:flex;gap:4px}
.tools button{min-width:30px}
.views{display:grid;gap:12px;grid-template-columns:minmax(0,1fr)}
@media (min-width:820px){.views{grid-template-columns:minmax(0,1fr) 300px}.views .details{max-height:680px}}
.page{border:1px solid var(--rule);border-radius:8px;overflow:hidden;background:var(--paper);touch-action:pan-y}
.page svg{display:block;width:100%;cursor:grab}
.page svg.dragged{cursor:grabbing}
.fullscreen .page svg{height:calc(100vh - 130px)!important}
.node,.edge{cursor:pointer}
.edge .reach{pointer-events:stroke}
.edge:focus,.node:focus{outline:none}
.edge:hover .line,.edge.chosen .line{stroke:var(--accent);stroke-width:2.6}
.edge:hover .head,.edge.chosen .head{fill:var(--accent)}
.edge.chosen text{fill:var(--ink);font-weight:600}
.edge:focus-visible .line{stroke:var(--accent);stroke-width:3.4}
.node:hover .shape,.node.chosen .shape{stroke:var(--ink);stroke-width:2.2}
.node:focus-visible .shape{stroke:var(--accent);stroke-width:3.4}
.chosen-one .node:not(.near),.chosen-one .edge:not(.near){opacity:.3}
.details{border:1px solid var(--rule);border-radius:8px;padding:10px 12px;align-self:start;max-height:300px;overflow:auto;overflow-wrap:anywhere}
.details ul{list-style:none;margin:6px -6px 0;padding:0}
.details li button{width:100%;text-align:left;unicode-bidi:plaintext;font-size:13px;border-color:transparent;background:none;padding:2px 6px}
.details li button:hover{background:var(--panel)}
.negated-words{color:var(--against);font-weight:600}
.key{display:flex;flex-wrap:wrap;gap:4px 14px;margin-top:8px}
.key span{display:inline-flex;align-items:center;gap:5px}
.notes{margin-top:6px}
`,
};
