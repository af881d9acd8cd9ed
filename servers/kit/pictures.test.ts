import { join } from "node:path";
import { Client } from "@modelcontextprotocol/client";
import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { Envelope } from "../../schemas/index.ts";
import { defineServer, defineTool, invalidArguments, pictureArgument, READS_LOCAL, type App } from "./index.ts";
import { connected } from "./testing/connected.ts";

const APP: App = {
  uri: "ui://toy/dots",
  name: "dots",
  title: "Dots",
  description: "As many dots as asked for.",
  main: join(import.meta.dirname, "apps", "browser", "host"),
  style: "",
};

const drawDots = defineTool<object>()({
  name: "draw_dots",
  title: "Draw dots",
  description: "Dots.",
  input: z.object({ dots: z.int().min(0), picture: pictureArgument }),
  output: Envelope.extend({ dots: z.array(z.string()) }),
  annotations: READS_LOCAL,
  picture: {
    app: APP,
    svg: ({ dots }) => `<svg xmlns="http://www.w3.org/2000/svg">${dots.map(() => "<circle/>").join("")}</svg>`,
    whole: ({ dots }) => ({ count: dots.length }),
  },
  run({ dots }) {
    if (dots === 13) throw invalidArguments("no 13 dots", "send 12");
    return { dots: Array.from({ length: dots }, () => "•".repeat(10)) };
  },
});

let close: () => Promise<void> = async () => {};
afterEach(() => close());

const WITH_APPS = { extensions: { "io.modelcontextprotocol/ui": { mimeTypes: ["text/html;profile=mcp-app"] } } };

async function connect(capabilities = {}) {
  const make = defineServer<object>({
    name: "toy",
    title: "Toy",
    instructions: "",
    tools: [drawDots],
    open: () => ({}),
  });
  const factory = make();
  const client = await connected(factory, { capabilities });
  close = async () => {
    await client.close();
    await factory.close();
  };
  return client;
}

type Block = Record<string, unknown> & { type: string; uri: string; data: string; mimeType: string };
const draw = async (client: Client, args: Record<string, unknown>) => {
  const result = await client.callTool({ name: "draw_dots", arguments: args });
  return { ...result, blocks: result.content as unknown as Block[] };
};

describe("a tool with a picture", () => {
  it("names its app, which is a resource: one page that loads nothing", async () => {
    const client = await connect(WITH_APPS);
    const [tool] = (await client.listTools()).tools;
    expect(tool!._meta).toMatchObject({ ui: { resourceUri: APP.uri } });
    expect(client.getServerCapabilities()).toMatchObject({
      resources: {},
      extensions: { "io.modelcontextprotocol/ui": {} },
    });
    const { resources } = await client.listResources();
    expect(resources).toMatchObject([{ uri: APP.uri, mimeType: "text/html;profile=mcp-app", title: "Dots" }]);
    const [page] = (await client.readResource({ uri: APP.uri })).contents;
    expect(page).toMatchObject({
      mimeType: "text/html;profile=mcp-app",
      _meta: { ui: { csp: { connectDomains: [], resourceDomains: [] } } },
    });
    const html = (page as { text: string }).text;
    expect(html).toMatch(/^<!doctype html>/);
    expect(html).not.toMatch(/https?:\/\/(?!www\.w3\.org)|<link|src=|@import|\bimport\s*\(/);
  });

  it("gives a client without apps a link to an SVG, which is drawn when it is read", async () => {
    const client = await connect();
    const { blocks, structuredContent } = await draw(client, { dots: 3 });
    expect(blocks.map((b) => b.type)).toEqual(["text", "resource_link"]);
    expect(blocks[1]).toMatchObject({ mimeType: "image/svg+xml", annotations: { audience: ["user"] } });
    expect(structuredContent).toMatchObject({ dots: ["••••••••••", "••••••••••", "••••••••••"] });
    const [svg] = (await client.readResource({ uri: blocks[1]!.uri })).contents;
    expect(svg).toMatchObject({ mimeType: "image/svg+xml", text: expect.stringMatching(/^<svg.*(<circle\/>){3}/) });
    const { resourceTemplates } = await client.listResourceTemplates();
    expect(resourceTemplates).toMatchObject([{ uriTemplate: "picture://toy/draw_dots?arguments={arguments}" }]);
  });

  it("gives a client with apps the text alone, and the app what the byte budget cut off", async () => {
    const client = await connect(WITH_APPS);
    const small = await draw(client, { dots: 3 });
    expect(small.blocks.map((b) => b.type)).toEqual(["text"]);
    expect(small._meta?.["medresearcher/whole"]).toBeUndefined();
    const large = await draw(client, { dots: 5000 });
    expect(large.structuredContent).toHaveProperty("truncated.dots");
    expect(large._meta?.["medresearcher/whole"]).toEqual({ count: 5000 });
    expect(JSON.stringify(large.content)).not.toContain("whole");
  });

  it("gives the image itself where it is asked for", async () => {
    const client = await connect();
    const { blocks } = await draw(client, { dots: 2, picture: true });
    expect(blocks.map((b) => [b.type, b.mimeType])).toEqual([
      ["text", undefined],
      ["image", "image/svg+xml"],
    ]);
    expect(Buffer.from(blocks[1]!.data, "base64").toString()).toContain("<circle/><circle/>");
  });

  it("says what is wrong with an address that it cannot draw", async () => {
    const client = await connect();
    const read = (args: string) => client.readResource({ uri: `picture://toy/draw_dots?arguments=${args}` });
    await expect(read("%7Bnonsense")).rejects.toThrow(/percent-encoded JSON/);
    await expect(read("%E0%A4%A")).rejects.toThrow(/percent-encoded JSON/);
    await expect(read(encodeURIComponent('{"dots":"many"}'))).rejects.toThrow(/dots/);
    await expect(read(encodeURIComponent('{"dots":13}'))).rejects.toThrow(/no 13 dots.*send 12/);
    await expect(client.readResource({ uri: "picture://toy/other?arguments=%7B%7D" })).rejects.toThrow(/not found/);
    await expect(client.readResource({ uri: "ui://toy/none" })).rejects.toThrow(/not found/);
  });
});
