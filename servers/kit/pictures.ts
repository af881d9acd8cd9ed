/**
 * Pictures of tool results, for every kind of client. Clients with MCP Apps show the tool's app. All others get the
 * result as text as ever, and beside it a link to an SVG picture that they can read as a resource; an image in the
 * result itself comes only on request, since many clients hand images on to models that know no SVG and fail.
 */
import {
  CLIENT_CAPABILITIES_META_KEY,
  PROTOCOL_VERSION_META_KEY,
  ProtocolError,
  ProtocolErrorCode,
  ResourceNotFoundError,
  ResourceTemplate,
} from "@modelcontextprotocol/server";
import type { ContentBlock, McpServer, ServerContext } from "@modelcontextprotocol/server";
import { z } from "zod";
import { APP_MIME_TYPE, pageOf, UI_EXTENSION, type App } from "./apps/app.ts";
import type { ToolFailure } from "../../schemas/index.ts";
import { asFailure } from "./failure.ts";
import type { Tool } from "./tool.ts";

export interface Picture<Input, Result> {
  /** Shows the result in clients that support MCP Apps. */
  app: App;
  /** The result as an SVG document. */
  svg(result: Result, args: Input): string;
  /** What the app draws where the byte budget has shortened the result; the model never sees it. */
  whole?(result: Result): Record<string, unknown>;
}

/** Key in a result's `_meta` under which an app finds what the byte budget cut off. */
const WHOLE_META_KEY = "medresearcher/whole";

/** The argument by which a caller asks for the image itself. */
export const pictureArgument = z.boolean().optional().describe("true: add an SVG image");

const SVG_TYPE = "image/svg+xml";
/** The revision that brought links to resources into results; an older client may refuse a result that holds one. */
const LINKS_SINCE = "2025-06-18";
/** A longer address is left out: it would cost more than the picture is worth. */
const LONGEST_URI = 2000;
/** Apps are part of the program: they change only with it. */
const APP_CACHE = { ttlMs: 3_600_000, cacheScope: "public" } as const;

/** Said outright: our apps load nothing and connect to nothing. */
const NO_DOMAINS = { connectDomains: [], resourceDomains: [] } as const;

/** What `tools/list` says of a tool's app; the flat key is for hosts from before the specification's first release. */
export function appMeta({ picture }: Pick<Tool<never>, "picture">): { _meta?: Record<string, unknown> } {
  if (!picture) return {};
  const { uri } = picture.app;
  return { _meta: { ui: { resourceUri: uri }, "ui/resourceUri": uri } };
}

/** What a server with pictures announces; nothing where there are none. */
export function pictureCapabilities(tools: readonly Pick<Tool<never>, "picture">[]) {
  if (!tools.some((tool) => tool.picture)) return {};
  return { resources: { listChanged: false }, extensions: { [UI_EXTENSION]: {} } };
}

/**
 * The app and the SVG pictures of a tool as resources.
 * @param run the tool on raw arguments
 */
export function registerPicture<Engine>(
  server: McpServer,
  tool: Tool<Engine>,
  run: (args: unknown, context: ServerContext) => Promise<{ args: object; result: object }>,
): void {
  const { picture } = tool;
  if (!picture) return;
  const { uri, name, title, description } = picture.app;
  const _meta = { ui: { csp: NO_DOMAINS, prefersBorder: true } };
  server.registerResource(
    name,
    uri,
    { title, description, mimeType: APP_MIME_TYPE, _meta, cacheHint: APP_CACHE },
    () => ({ contents: [{ uri, mimeType: APP_MIME_TYPE, text: pageOf(picture.app), _meta }] }),
  );
  const template = new ResourceTemplate(`${addressOf(tool, picture)}?arguments={arguments}`, { list: undefined });
  server.registerResource(
    `${tool.name}_picture`,
    template,
    {
      title: `${tool.title}: picture`,
      description: `The result of ${tool.name} as SVG; arguments: those of the tool as JSON, percent-encoded`,
      mimeType: SVG_TYPE,
    },
    async (address, variables, context) => {
      const asked = parsed(String(variables["arguments"]));
      if (asked === undefined) throw new ResourceNotFoundError(address.href, "arguments is not percent-encoded JSON");
      try {
        const { result, args } = await run(asked, context);
        const text = picture.svg(result as never, args as never);
        return { contents: [{ uri: address.href, mimeType: SVG_TYPE, text }] };
      } catch (error) {
        throw asProtocolError(asFailure(error, context.mcpReq.signal));
      }
    },
  );
}

/** What goes beside the text of a result: an image where it was asked for, else a link where the client can take one. */
export function pictureContent<Engine>(
  server: McpServer,
  tool: Tool<Engine>,
  args: Record<string, unknown>,
  result: unknown,
  context: ServerContext,
): ContentBlock[] {
  const { picture } = tool;
  if (!picture) return [];
  const annotations = { audience: ["user" as const] };
  if (args["picture"] === true) {
    const data = Buffer.from(picture.svg(result as never, args as never)).toString("base64");
    return [{ type: "image", data, mimeType: SVG_TYPE, annotations }];
  }
  if (showsApps(server, context) || versionOf(server, context) < LINKS_SINCE) return [];
  const { picture: _, ...asked } = args;
  const uri = `${addressOf(tool, picture)}?arguments=${encodeURIComponent(JSON.stringify(asked))}`;
  if (uri.length > LONGEST_URI) return [];
  return [
    { type: "resource_link", uri, name: picture.app.name, title: picture.app.title, mimeType: SVG_TYPE, annotations },
  ];
}

/** What goes into the result's `_meta` for a client that shows the app: hosts pass that to apps and not to models. */
export function pictureMeta<Engine>(
  server: McpServer,
  { picture }: Tool<Engine>,
  { result, isShortened }: { result: unknown; isShortened: boolean },
  context: ServerContext,
): { _meta?: Record<string, unknown> } {
  if (!picture?.whole || !isShortened || !showsApps(server, context)) return {};
  return { _meta: { [WHOLE_META_KEY]: picture.whole(result as never) } };
}

/** `ui://kg-explorer/subgraph` → `picture://kg-explorer/get_subgraph` */
function addressOf({ name }: { name: string }, { app }: { app: App }): string {
  return `picture://${new URL(app.uri).host}/${name}`;
}

/** Whether the client announced the extension, in this request (2026-07-28) or when it connected (before). */
function showsApps(server: McpServer, context: ServerContext): boolean {
  const capabilities = stated(context, CLIENT_CAPABILITIES_META_KEY) ?? server.server.getClientCapabilities();
  const { extensions } = (capabilities ?? {}) as { extensions?: Record<string, { mimeTypes?: unknown } | undefined> };
  const types = extensions?.[UI_EXTENSION]?.mimeTypes;
  return Array.isArray(types) && types.includes(APP_MIME_TYPE);
}

/** The revision in which the client speaks; revisions are dates and compare as text. */
function versionOf(server: McpServer, context: ServerContext): string {
  const version = stated(context, PROTOCOL_VERSION_META_KEY) ?? server.server.getNegotiatedProtocolVersion();
  return typeof version === "string" ? version : "";
}

function stated({ mcpReq }: ServerContext, key: string): unknown {
  return (mcpReq.envelope as Record<string, unknown> | undefined)?.[key];
}

/** A read has no other way to fail than the protocol's: what to do about it goes with the message. */
function asProtocolError(failed: ToolFailure): ProtocolError {
  const code = failed.reason === "internal" ? ProtocolErrorCode.InternalError : ProtocolErrorCode.InvalidParams;
  return new ProtocolError(code, `${failed.message}: ${failed.recovery}`, failed);
}

function parsed(encoded: string): unknown {
  try {
    return JSON.parse(decodeURIComponent(encoded)) as unknown;
  } catch {
    return undefined;
  }
}
