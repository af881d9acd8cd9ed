/**
 * A host of MCP Apps for tests: the extension's official host side (AppBridge) with a real MCP client of the server
 * under test, and a page in a real browser that shows the app in a sandboxed frame under the specification's strictest
 * content policy. Nothing of the protocol is ours here.
 */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { CallToolResult, Client, JSONRPCMessage, Transport } from "@modelcontextprotocol/client";
import {
  AppBridge,
  type McpUiHostCapabilities,
  type McpUiHostContext,
} from "@modelcontextprotocol/ext-apps/app-bridge";
import type { Browser, FrameLocator, Page } from "playwright-core";

export interface AppOptions {
  browser: Browser;
  client: Client;
  tool: string;
  args: Record<string, unknown>;
  /** Shown instead of what the tool answers. */
  result?: CallToolResult;
  context?: McpUiHostContext;
  capabilities?: McpUiHostCapabilities;
  width?: number;
  colorScheme?: "light" | "dark";
}

export interface ShownApp {
  page: Page;
  frame: FrameLocator;
  bridge: AppBridge;
  result: CallToolResult;
  /** What the app told of its size, latest last. */
  sizes: { width?: number; height?: number }[];
  links: string[];
  displayModes: string[];
  /** Errors and policy violations of the page. */
  problems: string[];
  close(): Promise<void>;
}

/** What a host must apply where an app declares no domains. */
const POLICY =
  "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; media-src 'self' data:; connect-src 'none'";

const HOST_PAGE = `<!doctype html><meta charset="utf-8"><title>Host</title>
<style>body{margin:0}iframe{border:0;width:100%;height:900px;display:block}</style>
<iframe id="app" sandbox="allow-scripts"></iframe>
<script>
const frame = document.querySelector("#app");
addEventListener("message", (event) => { if (event.source === frame.contentWindow) fromApp(event.data); });
</script>`;

/** Calls the tool and shows its app with the result, as a host does. */
export async function showApp(options: AppOptions): Promise<ShownApp> {
  const { browser, client, tool, args, context, width = 900, colorScheme = "light" } = options;
  const app = await readApp(client, tool);
  const server = await serve(app);
  const { port } = server.address() as AddressInfo;
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  const transport = new PageTransport(page);
  const capabilities = options.capabilities ?? { serverTools: {}, openLinks: {}, logging: {} };
  const bridge = new AppBridge(client, { name: "test-host", version: "1" }, capabilities, {
    hostContext: {
      theme: colorScheme,
      displayMode: "inline",
      availableDisplayModes: ["inline", "fullscreen"],
      ...context,
    },
  });
  const [sizes, links, displayModes]: [ShownApp["sizes"], string[], string[]] = [[], [], []];
  bridge.addEventListener("sizechange", (size) => void sizes.push(size));
  bridge.onopenlink = ({ url }) => Promise.resolve((links.push(url), {}));
  bridge.onrequestdisplaymode = ({ mode }) => Promise.resolve((displayModes.push(mode), { mode }));
  const initialized = new Promise<void>((resolve) => bridge.addEventListener("initialized", () => resolve()));
  await page.goto(`http://127.0.0.1:${port}/`);
  await bridge.connect(transport);
  await page.evaluate("frame.src = '/app'");
  await Promise.race([initialized, failAfter(20_000, () => `the app did not start: ${problems.join("; ")}`)]);
  await bridge.sendToolInput({ arguments: args });
  const result = options.result ?? (await client.callTool({ name: tool, arguments: args }));
  await bridge.sendToolResult(result);
  return {
    page,
    frame: page.frameLocator("#app"),
    bridge,
    result,
    sizes,
    links,
    displayModes,
    problems,
    async close() {
      await page.close();
      server.close();
    },
  };
}

async function failAfter(ms: number, message: () => string): Promise<never> {
  await sleep(ms, undefined, { ref: false });
  throw new Error(message());
}

/** The page of the app that `tools/list` names for the tool. */
async function readApp(client: Client, tool: string): Promise<string> {
  const { tools } = await client.listTools();
  const meta = tools.find(({ name }) => name === tool)?._meta as { ui?: { resourceUri?: string } } | undefined;
  const uri = meta?.ui?.resourceUri;
  if (!uri) throw new Error(`${tool} names no app`);
  const [content] = (await client.readResource({ uri })).contents;
  if (content?.mimeType !== "text/html;profile=mcp-app" || !("text" in content)) throw new Error(`${uri} is no app`);
  return content.text;
}

function serve(app: string): Promise<Server> {
  const server = createServer((request, response) => {
    const isApp = request.url === "/app";
    response.setHeader("content-type", "text/html; charset=utf-8");
    if (isApp) response.setHeader("content-security-policy", POLICY);
    response.end(isApp ? app : HOST_PAGE);
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

/** Messages between the bridge in this process and the frame in the page. */
class PageTransport implements Transport {
  readonly #page: Page;
  onmessage?: (message: JSONRPCMessage) => void;
  onclose?: () => void;

  constructor(page: Page) {
    this.#page = page;
  }

  async start(): Promise<void> {
    await this.#page.exposeFunction("fromApp", (message: JSONRPCMessage) => this.onmessage?.(message));
  }

  async send(message: JSONRPCMessage): Promise<void> {
    await this.#page.evaluate(`frame.contentWindow.postMessage(${JSON.stringify(message)}, "*")`);
  }

  close(): Promise<void> {
    this.onclose?.();
    return Promise.resolve();
  }
}
