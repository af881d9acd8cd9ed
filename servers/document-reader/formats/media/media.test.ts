import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { IncomingMessage } from "node:http";
import { openSite, type Page, type Site } from "../../../kit/testing/site.ts";
import { parseDocument } from "../index.ts";

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const MP3 = Buffer.concat([Buffer.from("ID3\x04\0\0\0\0\0\0", "latin1"), Buffer.alloc(100)]);
const MP4 = Buffer.concat([Buffer.from("\0\0\0\x18ftypisom", "latin1"), Buffer.alloc(100)]);
const { signal } = new AbortController();
const read = (name: string, bytes: Uint8Array) => parseDocument({ name, bytes, signal });
const json = (body: object): Page => ({ headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

describe("images, recordings and videos", () => {
  let site: Site;
  /** What the model was asked, by path. */
  let asked: Record<string, string>;
  let transcribes = true;

  beforeEach(async () => {
    asked = {};
    transcribes = true;
    const heard = async (request: IncomingMessage) => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      asked[request.url!] = Buffer.concat(parts).toString("latin1");
    };
    site = await openSite({
      "/v1/chat/completions": async (request) => {
        await heard(request);
        const takes = !asked["/v1/chat/completions"]!.includes("video_url");
        return takes ? json({ choices: [{ message: { content: "Dose: 97 mg" } }] }) : { status: 400, body: "no video" };
      },
      "/v1/audio/transcriptions": async (request) => {
        await heard(request);
        return transcribes ? json({ text: "The dose is 97 mg." }) : { status: 404, body: "no such path" };
      },
    });
    vi.stubEnv("OPENAI_BASE_URL", `${site.url}/v1/`);
    vi.stubEnv("MEDRESEARCHER_MODEL", "seeing-1");
    vi.stubEnv("OPENAI_API_KEY", "key");
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await site.close();
  });

  it("are read by the configured model, and say so", async () => {
    expect(await read("scan.png", PNG)).toEqual({
      title: "scan.png",
      sections: [{ label: "Text and description by the model seeing-1", text: "Dose: 97 mg" }],
      publisher: "read by the model seeing-1",
      publicationTypes: ["image, read by a model"],
      incomplete: "the text was made from the image by the model seeing-1: its words are not the document's own",
    });
    const { model, messages } = JSON.parse(asked["/v1/chat/completions"]!);
    expect(model).toBe("seeing-1");
    expect(messages[0].content[1].image_url.url).toBe(`data:image/png;base64,${PNG.toString("base64")}`);
  });

  it("are transcribed where they are recordings", async () => {
    expect((await read("talk.mp3", MP3)).sections).toEqual([
      { label: "Transcript by the model seeing-1", text: "The dose is 97 mg." },
    ]);
    expect(asked["/v1/audio/transcriptions"]).toMatch(/name="model"\r\n\r\nseeing-1\r\n[^]*filename="talk\.mp3"/);
  });

  it("are heard by chat where the endpoint has no transcription", async () => {
    transcribes = false;
    expect((await read("talk.mp3", MP3)).sections[0]!.text).toBe("Dose: 97 mg");
    expect(asked["/v1/chat/completions"]).toContain('"format":"mp3"');
  });

  it("say so where the model does not take them", async () => {
    await expect(read("film.mp4", MP4)).rejects.toMatchObject({
      reason: "unsupported",
      message: expect.stringMatching(/seeing-1 does not take this video/),
    });
  });

  it.each([
    ["image", "scan.png", PNG],
    ["audio", "talk.mp3", MP3],
    ["video", "film.mp4", MP4],
  ])("are not read without a model, with the settings that would help: %s", async (kind, name, bytes) => {
    vi.stubEnv("OPENAI_BASE_URL", undefined);
    await expect(read(name, bytes)).rejects.toMatchObject({
      reason: "unsupported",
      message: expect.stringContaining(kind),
      recovery: expect.stringMatching(/OPENAI_BASE_URL and MEDRESEARCHER_MODEL/),
    });
    expect(site.requests).toEqual([]);
  });
});
