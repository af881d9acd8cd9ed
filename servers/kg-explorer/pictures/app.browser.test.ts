/** The subgraph app in a real browser, shown by the extension's official host side, over our server with a small graph. */
import type { Client } from "@modelcontextprotocol/client";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { defineServer } from "../../kit/index.ts";
import { showApp, type AppOptions, type ShownApp } from "../../kit/testing/app-host.ts";
import { hasChromium, launchChromium } from "../../kit/testing/chromium.ts";
import { overlapsIn } from "../../kit/testing/overlaps.ts";
import { explorerOver, type OpenExplorer } from "../open.ts";
import { openSmallGraph, SMALL } from "../testing/small-graph.ts";
import { getEvidence } from "../tools/get-evidence.ts";
import { getSubgraph } from "../tools/get-subgraph.ts";
import { subgraphSvg } from "./svg.ts";
import { connected } from "../../kit/testing/connected.ts";

const EVIL = `<img src=x onerror="document.title='broken'"> <script>document.title='broken'</script> "A" & 'B'`;
const GRAPH = {
  ...SMALL,
  entities: SMALL.entities.map((e) => (e.id === "OMIM:129600" ? { ...e, name: EVIL } : e)),
};

describe.skipIf(!hasChromium())("the subgraph app in a browser", () => {
  let small: ReturnType<typeof openSmallGraph>;
  let opened: OpenExplorer;
  let browser: Browser;
  let client: Client;
  let app: ShownApp;

  beforeAll(async () => {
    browser = await launchChromium();
    small = openSmallGraph(GRAPH);
    opened = explorerOver(small.knowledge);
    const factory = defineServer<OpenExplorer>({
      name: "kg-explorer",
      title: "",
      instructions: "",
      tools: [getSubgraph, getEvidence],
      open: () => opened,
    })();
    client = await connected(factory);
  });
  afterEach(() => app?.close());
  afterAll(async () => {
    await client.close();
    await browser.close();
    small.remove();
  });

  const open = async (options: Partial<AppOptions> = {}) => {
    const args = { ids: ["OMIM:154700", "NCBIGene:2200", "HP:0001250"] };
    app = await showApp({ browser, client, tool: "get_subgraph", args, ...options });
    return app;
  };
  const edge = (title: string) => app.frame.locator(".edge", { has: app.page.locator("title", { hasText: title }) });

  it("draws entities and relations, and tells the host its size", async () => {
    const { frame, sizes, problems, bridge } = await open();
    await frame.locator("h1", { hasText: /Around Marfan syndrome, FBN1 and Seizure|Around FBN1/ }).waitFor();
    expect(await frame.locator(".node").count()).toBe(6);
    expect(await frame.locator(".edge").count()).toBe(6);
    expect(await frame.locator(".edge.negated").count()).toBe(1);
    await expect.poll(() => sizes.at(-1)?.height ?? 0).toBeGreaterThan(300);
    expect(bridge.getAppCapabilities()).toMatchObject({ availableDisplayModes: ["inline", "fullscreen"] });
    expect(problems).toEqual([]);
  });

  it("shows the evidence of a clicked relation, fetched from the server through the host", async () => {
    const { frame } = await open();
    await edge("FBN1 causes Marfan syndrome").locator(".reach").click({ force: true });
    const quote = frame.locator(".details blockquote");
    await quote.waitFor();
    // The server gives the whole line around the short quote that the relation itself carries.
    expect(await quote.textContent()).toContain(
      "Marfan syndrome is caused by mutations of FBN1. Ectopia lentis is frequent.",
    );
    expect(await quote.locator("cite").textContent()).toContain("NOTE:2");
  });

  it("shows what the result holds where the host passes no calls on, and says what has no evidence", async () => {
    const { frame } = await open({ capabilities: {} });
    const details = frame.locator(".details");
    await edge("FBN1 causes Marfan syndrome").dispatchEvent("click");
    expect(await details.locator("blockquote").textContent()).toContain("caused by mutations of FBN1");
    await edge("NOT: shows Seizure").dispatchEvent("click");
    expect(await details.textContent()).toContain("Said NOT to be so");
    expect(await details.textContent()).toContain("holds no evidence");
  });

  it("is worked by keyboard alone", async () => {
    const { frame, page } = await open();
    const focused = () => frame.locator(":focus").getAttribute("aria-label");
    await frame.locator(".node").first().focus();
    expect(await focused()).toMatch(/^(Marfan syndrome|FBN1), /);
    // Past the other five entities to the first relation.
    for (let i = 0; i < 6; i++) await page.keyboard.press("ArrowRight");
    expect(await focused()).toMatch(/ (shows|causes) /);
    await page.keyboard.press("Enter");
    await frame.locator(".edge.chosen").waitFor();
    await page.keyboard.press("Escape");
    expect(await frame.locator(".chosen").count()).toBe(0);
    await page.keyboard.press("0");
    const before = await frame.locator(".page svg").getAttribute("viewBox");
    await page.keyboard.press("+");
    expect(await frame.locator(".page svg").getAttribute("viewBox")).not.toBe(before);
    await page.keyboard.press("0");
    expect(await frame.locator(".page svg").getAttribute("viewBox")).toBe(before);
  });

  it("lists the relations of a clicked entity, each a way to its evidence", async () => {
    const { frame } = await open();
    await frame.locator(".node", { hasText: "Marfan syndrome" }).locator(".shape").click();
    const first = frame.locator(".details li button").first();
    await first.waitFor();
    expect(await frame.locator(".details li").count()).toBeGreaterThan(2);
    await first.click();
    await frame.locator(".edge.chosen").waitFor();
  });

  it("moves with the pointer, and a drag chooses nothing", async () => {
    const { frame, page } = await open();
    const svg = frame.locator(".page svg");
    const before = await svg.getAttribute("viewBox");
    const { x, y, width, height } = (await frame.locator(".node .shape").first().boundingBox())!;
    const middle = [x + width / 2, y + height / 2] as const;
    // The pointer is the frame's only once the browser has drawn the frame.
    await expect
      .poll(async () => {
        await page.mouse.move(0, 0);
        await page.mouse.move(...middle);
        return frame.locator(".node:hover").count();
      })
      .toBe(1);
    await page.mouse.down();
    await page.mouse.move(middle[0] + 80, middle[1] + 40, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => svg.getAttribute("viewBox")).not.toBe(before);
    expect(await frame.locator(".chosen").count()).toBe(0);
  });

  it("follows the host's theme, colours and display mode", async () => {
    const { frame, page, bridge, displayModes } = await open({ colorScheme: "light" });
    const paper = () => page.frames()[1]!.evaluate("getComputedStyle(document.body).backgroundColor");
    expect(await paper()).toBe("rgb(255, 255, 255)");
    bridge.setHostContext({ theme: "dark", displayMode: "inline", availableDisplayModes: ["inline", "fullscreen"] });
    await expect.poll(paper).toBe("rgb(22, 25, 29)");
    const variables = { "--color-background-primary": "rgb(1, 2, 3)" } as never;
    bridge.setHostContext({
      theme: "dark",
      styles: { variables },
      displayMode: "inline",
      availableDisplayModes: ["inline", "fullscreen"],
    });
    await expect.poll(paper).toBe("rgb(1, 2, 3)");
    await frame.getByLabel("Full screen").click();
    await expect.poll(() => displayModes).toEqual(["fullscreen"]);
    await expect.poll(() => frame.locator("body.fullscreen").count()).toBe(1);
  });

  it("never takes a label for markup", async () => {
    const { frame, page, problems } = await open({ args: { ids: ["NCBIGene:2200", "OMIM:129600"] } });
    await frame.locator(".node").first().waitFor();
    expect(await frame.locator("h1").textContent()).toContain("<img src=x onerror=");
    expect(await frame.locator("main img, main script").count()).toBe(0);
    await edge("FBN1 causes <img").dispatchEvent("click");
    await frame.locator(".details h2", { hasText: "<script>" }).waitFor();
    expect(await page.frames()[1]!.evaluate("document.title")).toBe("Subgraph");
    expect(problems).toEqual([]);
  });

  it("says what happened where there is nothing to draw", async () => {
    const failed = {
      isError: true,
      content: [{ type: "text" as const, text: '{"error":{"message":"\\"x\\" was not found"}}' }],
    };
    const { frame, bridge } = await open({ result: failed });
    const status = () => frame.locator(".status").textContent();
    await expect.poll(status).toContain('"x" was not found');
    await bridge.sendToolResult({ content: [], structuredContent: { entities: [], relations: [] } });
    await expect.poll(status).toContain("nothing to draw");
    await bridge.sendToolCancelled({ reason: "the user stopped it" });
    await expect.poll(status).toContain("the user stopped it");
  });

  it("has an SVG beside it in which no label covers another, as the browser sets them", async () => {
    const result = await opened.explorer.subgraph(["DRUG:entresto", "OMIM:154700", "DIS:hf", "HP:0001250"], 2, 60);
    const { texts, found } = await overlapsIn(browser, subgraphSvg(result));
    expect(texts).toBeGreaterThan(20);
    expect(found).toEqual([]);
  });

  it("answers the host's pings and its teardown", async () => {
    const { bridge } = await open();
    expect(await bridge.teardownResource({})).toEqual({});
  });
});
