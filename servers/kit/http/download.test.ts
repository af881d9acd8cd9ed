/** Downloads from a real server on loopback that knows ranges, breaks connections and changes its files. */
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { listen } from "../testing/listen.ts";
import { useSteadyClock } from "../testing/steady-clock.ts";
import { download } from "./download.ts";

useSteadyClock();

const FILE = Buffer.from(Array.from({ length: 300_000 }, (_, i) => i % 251));
const OTHER = Buffer.from(FILE.map((byte) => byte ^ 1));
const md5 = (bytes: Buffer) => createHash("md5").update(bytes).digest("hex");

let folder: string;
let path: string;
let url: URL;
let asked: { range?: string; ifRange?: string; ifNoneMatch?: string }[];
/** What the next requests are answered with, in order; the last one stays. */
let answers: ((request: IncomingMessage, response: ServerResponse) => void)[];
let close: () => Promise<unknown>;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "download-"));
  path = join(folder, "file.bin");
  asked = [];
  answers = [serve(FILE, '"one"')];
  const server = createServer((request, response) => {
    const { range, "if-range": ifRange, "if-none-match": ifNoneMatch } = request.headers;
    asked.push({
      ...(range ? { range } : {}),
      ...(ifRange ? { ifRange: String(ifRange) } : {}),
      ...(ifNoneMatch ? { ifNoneMatch } : {}),
    });
    (answers.length > 1 ? answers.shift()! : answers[0]!)(request, response);
  });
  url = new URL("/file.bin", await listen(server));
  close = () => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  };
});
afterEach(async () => {
  await close();
  rmSync(folder, { recursive: true });
});

interface Cut {
  /** So many bytes are sent, and no more. */
  at: number;
  /** The connection breaks then: what was sent before may be lost on the way where nobody waits for it. */
  when: Promise<void>;
}

/** As a static file server does: validators, ranges, and the whole file where the version is another. */
function serve(file: Buffer, etag: string, cut?: Cut) {
  return (request: IncomingMessage, response: ServerResponse) => {
    if (request.headers["if-none-match"] === etag) {
      response.writeHead(304).end();
      return;
    }
    const from = /^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1];
    const partial = from !== undefined && request.headers["if-range"] === etag;
    const body = partial ? file.subarray(Number(from)) : file;
    response.writeHead(partial ? 206 : 200, {
      etag,
      "content-length": body.length,
      ...(partial ? { "content-range": `bytes ${from}-${file.length - 1}/${file.length}` } : {}),
    });
    if (!cut) {
      response.end(body);
      return;
    }
    response.write(body.subarray(0, cut.at));
    void cut.when.then(() => response.destroy());
  };
}

/** A server that breaks the connection after so many bytes, once they are on disk. */
function cutOff(file: Buffer, etag: string, at: number) {
  const { promise: when, resolve } = Promise.withResolvers<void>();
  return { answer: serve(file, etag, { at, when }), onProgress: (bytes: number) => bytes >= at && resolve() };
}

const later = (_: IncomingMessage, response: ServerResponse) => void response.writeHead(429).end();

const fetchFile = (options: Partial<Parameters<typeof download>[0]> = {}) =>
  download({ url, path, signal: new AbortController().signal, firstWaitMs: 20, ...options });

describe("download", () => {
  it("puts the whole file in place, with what the server calls its version", async () => {
    expect(await fetchFile({ md5: md5(FILE) })).toEqual({
      bytes: FILE.length,
      md5: md5(FILE),
      etag: '"one"',
      unchanged: false,
    });
    expect(readFileSync(path)).toEqual(FILE);
    expect([existsSync(`${path}.part`), existsSync(`${path}.part.json`)]).toEqual([false, false]);
  });

  it("goes on inside the file where the connection broke, for that very version only", async () => {
    const { answer, onProgress } = cutOff(FILE, '"one"', 100_000);
    answers = [answer, serve(FILE, '"one"')];
    await fetchFile({ onProgress });
    expect(asked).toEqual([{}, { range: "bytes=100000-", ifRange: '"one"' }]);
    expect(readFileSync(path)).toEqual(FILE);
  });

  it("starts anew where the file changed under way", async () => {
    const { answer, onProgress } = cutOff(FILE, '"one"', 100_000);
    answers = [answer, serve(OTHER, '"two"')];
    expect(await fetchFile({ onProgress })).toMatchObject({ etag: '"two"', md5: md5(OTHER) });
    expect(readFileSync(path)).toEqual(OTHER);
  });

  it("goes on after the process was stopped, with the part that is there", async () => {
    answers = [serve(FILE, '"one"', { at: 100_000, when: new Promise(() => {}) })];
    const stop = new AbortController();
    const stopped = fetchFile({ signal: stop.signal, onProgress: (bytes) => bytes >= 100_000 && stop.abort() });
    await expect(stopped).rejects.toThrow("aborted");
    expect(readFileSync(`${path}.part`)).toEqual(FILE.subarray(0, 100_000));
    expect(existsSync(path)).toBe(false);
    answers = [serve(FILE, '"one"')];
    await fetchFile();
    expect(asked.at(-1)).toEqual({ range: "bytes=100000-", ifRange: '"one"' });
    expect(readFileSync(path)).toEqual(FILE);
  });

  it("fetches once more where the checksum is wrong, then gives up and keeps nothing", async () => {
    answers = [serve(OTHER, '"one"'), serve(FILE, '"one"')];
    expect(await fetchFile({ md5: md5(FILE) })).toMatchObject({ md5: md5(FILE) });
    rmSync(path);
    answers = [serve(OTHER, '"one"')];
    await expect(fetchFile({ md5: md5(FILE) })).rejects.toThrow(/came twice with the wrong checksum/);
    expect([existsSync(path), existsSync(`${path}.part`)]).toEqual([false, false]);
  });

  it("fetches nothing where the server has no other than the copy that is there", async () => {
    const { etag } = await fetchFile();
    expect(await fetchFile({ known: { etag: etag! } })).toMatchObject({ unchanged: true, md5: md5(FILE) });
    expect(asked.at(-1)).toEqual({ ifNoneMatch: '"one"' });
    answers = [serve(OTHER, '"two"')];
    expect(await fetchFile({ known: { etag: etag! } })).toMatchObject({ unchanged: false, md5: md5(OTHER) });
  });

  it("starts anew where the part is longer than the file is now", async () => {
    const { answer, onProgress } = cutOff(FILE, '"one"', 100_000);
    answers = [answer, (_, response) => void response.writeHead(416).end(), serve(OTHER, '"two"')];
    await fetchFile({ onProgress });
    expect(readFileSync(path)).toEqual(OTHER);
  });

  it("gives up a server that falls silent in the middle, and keeps what came", async () => {
    answers = [
      (_, response) =>
        void response.writeHead(200, { "content-length": FILE.length, etag: '"one"' }).write(FILE.subarray(0, 1000)),
    ];
    await expect(fetchFile({ silenceMs: 1000 })).rejects.toMatchObject({ reason: "timeout" });
    expect(readFileSync(`${path}.part`)).toEqual(FILE.subarray(0, 1000));
  });

  it("asks a server that says later oftener than one that fails, but not for ever", async () => {
    answers = [later, later, later, later, serve(FILE, '"one"')];
    await fetchFile();
    expect(readFileSync(path)).toEqual(FILE);
    answers = [later];
    await expect(fetchFile({ firstWaitMs: 1 })).rejects.toMatchObject({ reason: "rate_limited" });
    expect(asked).toHaveLength(5 + 10);
  });

  it.each([
    [404, "bad_status"],
    [403, "bad_status"],
  ])("a status %i is told at once and is no file", async (status, reason) => {
    answers = [(_, response) => void response.writeHead(status).end("<html>no</html>")];
    await expect(fetchFile()).rejects.toMatchObject({ reason });
    expect([asked.length, existsSync(path), existsSync(`${path}.part`)]).toEqual([1, false, false]);
  });
});
