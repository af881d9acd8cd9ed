/** The interactive picture of an explained diagnosis for clients with MCP Apps. */
import { join } from "node:path";
import type { App } from "../../kit/index.ts";

export const EXPLANATION_APP: App = {
  uri: "ui://clinical-reasoning/diagnosis",
  name: "diagnosis",
  title: "Diagnosis explained",
  description: "What speaks for and against a diagnosis, and how likely it is beside the others; sources on click.",
  main: join(import.meta.dirname, "browser", "main"),
  style: `
section{margin-top:16px}
section>h2{margin-bottom:6px}
section svg{display:block;width:100%;height:auto}
.row{cursor:pointer}
.row:focus{outline:none}
.row:hover .backdrop,.row.chosen .backdrop{fill:var(--panel)}
.row:focus-visible .backdrop{stroke:var(--accent);stroke-width:2;fill:var(--panel)}
.details{border:1px solid var(--rule);border-radius:8px;padding:10px 12px;margin-top:16px;overflow-wrap:anywhere}
.details button{margin-top:8px}
.views{display:grid;grid-template-columns:minmax(0,1fr);gap:0 28px}
@media (min-width:1000px){.views{grid-template-columns:minmax(0,3fr) minmax(0,2fr)}}
ul{margin:6px 0 0;padding-left:18px}
footer{margin-top:14px;display:grid;gap:2px}
`,
};
