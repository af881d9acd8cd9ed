/**
 * An MCP App (extension io.modelcontextprotocol/ui, specification of 2026-01-26): a page that a host shows in a
 * sandboxed frame beside a tool's result. Ours are one HTML document each, need no network and ask for no permission.
 */
import { existsSync } from "node:fs";
import { appStyle, FONT } from "../drawing/theme.ts";
import { joinModules } from "./join-modules.ts";

/** The extension's name in the capabilities of both sides. */
export const UI_EXTENSION = "io.modelcontextprotocol/ui";
export const APP_MIME_TYPE = "text/html;profile=mcp-app";

export interface App {
  /** `ui://SERVER/NAME` */
  uri: string;
  name: string;
  title: string;
  description: string;
  /** Path of the browser code's main module without its ending: TypeScript in the sources, JavaScript once compiled. */
  main: string;
  /** Style beside the common one. */
  style: string;
}

const pages = new Map<string, string>();

/** The app's HTML document, put together on first use. */
export function pageOf(app: App): string {
  let page = pages.get(app.uri);
  if (page === undefined) pages.set(app.uri, (page = makePage(app)));
  return page;
}

function makePage({ title, main, style }: App): string {
  const script = joinModules(existsSync(`${main}.ts`) ? `${main}.ts` : `${main}.js`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>${title}</title>
<style>${appStyle()}${COMMON_STYLE}${style}</style>
</head>
<body>
<main id="app"><p class="status" role="status">Waiting for the result …</p></main>
<script type="module">
${script.replaceAll("</script", String.raw`<\/script`)}
</script>
</body>
</html>
`;
}

const COMMON_STYLE = `
:root{color-scheme:light dark}
:root[data-theme=light]{color-scheme:light}
:root[data-theme=dark]{color-scheme:dark}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:14px/1.45 var(--font-sans,${FONT})}
main{padding:12px}
h1{font-size:16px;line-height:1.3;margin:0}
h2{font-size:14px;line-height:1.3;margin:0}
p{margin:0}
svg text{font-family:var(--font-sans,${FONT})}
.status{color:var(--muted);padding:24px 4px;text-align:center}
.status.failed{color:var(--against)}
button{font:inherit;color:var(--ink);background:var(--panel);border:1px solid var(--rule);border-radius:6px;padding:3px 9px;cursor:pointer}
button:hover{border-color:var(--muted)}
:focus-visible{outline:2px solid var(--accent);outline-offset:1px}
.muted{color:var(--muted)}
.small{font-size:12px}
blockquote{margin:6px 0 0;padding:2px 0 2px 10px;border-left:3px solid var(--rule);overflow-wrap:anywhere;unicode-bidi:plaintext}
cite{display:block;font-style:normal;font-size:12px;color:var(--muted);overflow-wrap:anywhere}
`;
