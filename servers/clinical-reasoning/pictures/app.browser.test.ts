/** The diagnosis app in a real browser, shown by the extension's official host side, over our server with a small model. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Client } from "@modelcontextprotocol/client";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { defineServer } from "../../kit/index.ts";
import type { Knowledge } from "../../knowledge/index.ts";
import { showApp, type AppOptions, type ShownApp } from "../../kit/testing/app-host.ts";
import { hasChromium, launchChromium } from "../../kit/testing/chromium.ts";
import { overlapsIn } from "../../kit/testing/overlaps.ts";
import { ClinicalEngine } from "../engine.ts";
import { makeKnowledge } from "../testing/knowledge-folder.ts";
import { TOOLS } from "../tools/index.ts";
import { explanationSvg } from "./svg.ts";
import { connected } from "../../kit/testing/connected.ts";

describe.skipIf(!hasChromium())("the diagnosis app in a browser", () => {
  let folder: string;
  let knowledge: Knowledge;
  let browser: Browser;
  let client: Client;
  let app: ShownApp;

  beforeAll(async () => {
    browser = await launchChromium();
    folder = mkdtempSync(join(tmpdir(), "diagnosis-app-"));
    knowledge = makeKnowledge(folder);
    const factory = defineServer({
      name: "clinical-reasoning",
      title: "",
      instructions: "",
      tools: TOOLS,
      open: () => new ClinicalEngine(knowledge),
    })();
    client = await connected(factory);
  });
  afterEach(() => app?.close());
  afterAll(async () => {
    await client.close();
    await browser.close();
    knowledge.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const open = async (options: Partial<AppOptions> = {}) => {
    const args = { disease: "Marfan syndrome", observed: ["HP:0001083", "HP:0001166"], excluded: ["HP:0001250"] };
    app = await showApp({ browser, client, tool: "explain_diagnosis", args, ...options });
    return app;
  };

  it("draws what speaks for and against, the posteriors, and what is not known", async () => {
    const { frame, problems, sizes } = await open();
    await frame.locator("h1", { hasText: "Marfan syndrome" }).waitFor();
    expect(await frame.locator("[data-finding] .bar").count()).toBeGreaterThanOrEqual(3);
    expect(await frame.locator("[data-disease]").count()).toBeGreaterThanOrEqual(2);
    expect(await frame.locator(".row.own").getAttribute("data-disease")).toBe("OMIM:154700");
    await expect.poll(() => sizes.at(-1)?.height ?? 0).toBeGreaterThan(300);
    expect(problems).toEqual([]);
  });

  it("shows the sentence behind a finding, by pointer and by keyboard", async () => {
    const { frame, page } = await open();
    await frame.locator('[data-finding="HP:0001083"]').click();
    await frame.locator(".details h2", { hasText: "Ectopia lentis" }).waitFor();
    expect(await frame.locator(".details").textContent()).toContain("60 of 100 patients (PMID:1)");
    expect(await frame.locator(".details blockquote").count()).toBeGreaterThan(0);
    await frame.locator('[data-finding="HP:0001166"]').focus();
    await page.keyboard.press("Enter");
    await frame.locator(".details h2", { hasText: "Arachnodactyly" }).waitFor();
  });

  it("explains another disease on request, asking the server through the host", async () => {
    const { frame } = await open();
    await frame.locator('[data-disease="OMIM:236200"]').click();
    await frame.getByText("Explain this one").click();
    await frame.locator("h1", { hasText: "Homocystinuria" }).waitFor();
    expect(await frame.locator(".row.own").getAttribute("data-disease")).toBe("OMIM:236200");
  });

  it("is readable at the width of a phone and in the dark", async () => {
    const { frame, page } = await open({ width: 480, colorScheme: "dark" });
    await frame.locator("h1").waitFor();
    const inside = page.frames()[1]!;
    expect(await inside.evaluate("getComputedStyle(document.body).backgroundColor")).toBe("rgb(22, 25, 29)");
    expect(await inside.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
    const size = await inside.evaluate<number>("document.querySelector('.row text').getBoundingClientRect().height");
    expect(size).toBeGreaterThan(11);
  });

  it("has an SVG beside it in which no words cover others, as the browser sets them", async () => {
    const { result } = await open();
    const { texts, found } = await overlapsIn(browser, explanationSvg(result.structuredContent as never));
    expect(texts).toBeGreaterThan(15);
    expect(found).toEqual([]);
  });

  it("never takes a name for markup, and says what failed", async () => {
    const name = `<img src=x onerror="document.title='broken'"><script>document.title='broken'</script>`;
    const contributions = [{ finding: name, label: name, kind: "observed", logLikelihoodRatio: 1, source: name }];
    const structuredContent = { rank: 1, diagnosis: { disease: name, name, posterior: 0.5, contributions } };
    const { frame, page, bridge, problems } = await open({ result: { content: [], structuredContent } });
    await frame.locator("h1", { hasText: "<script>" }).waitFor();
    await frame.locator("[data-finding]").first().click();
    expect(await frame.locator("main img, main script").count()).toBe(0);
    expect(await page.frames()[1]!.evaluate("document.title")).toBe("Diagnosis explained");
    await bridge.sendToolResult({ content: [], structuredContent: {} });
    await frame.locator(".status.failed", { hasText: "no diagnosis" }).waitFor();
    expect(problems).toEqual([]);
  });
});
