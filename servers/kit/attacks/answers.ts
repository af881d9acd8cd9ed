/** Servers that answer so as to hurt who asks: without end, too slowly, in lies, or with what grows when it is unpacked. */
import type { Socket } from "node:net";
import { brotliCompressSync, constants, deflateSync, gzipSync } from "node:zlib";

export interface AnsweringAttack {
  what: string;
  /** Answers on a socket whose request has arrived. */
  answer: (socket: Socket) => void;
  refused: RegExp;
}

const OK = "HTTP/1.1 200 OK\r\n";
const TIMEOUT = /^timeout: /;
const TOO_LARGE = /^too_large: /;
const BROKEN = /^unavailable: .*could not be reached/;

/** Writes as fast as the other side takes it, until it takes no more. */
function flood(socket: Socket, chunk: string | Buffer): void {
  const more = () => {
    while (!socket.destroyed && socket.write(chunk));
    if (!socket.destroyed) socket.once("drain", more);
  };
  more();
}

/** A few bytes now and then, so that no timeout of silence is ever reached. */
function drip(socket: Socket, piece: string): void {
  const timer = setInterval(() => (socket.destroyed ? clearInterval(timer) : socket.write(piece)), 50);
  socket.once("close", () => clearInterval(timer));
}

const text = (type: string) => (socket: Socket) =>
  void socket.end(`${OK}content-type: ${type}\r\ncontent-length: 4\r\nconnection: close\r\n\r\nbody`);

const whole = (head: string, body: string | Buffer) => (socket: Socket) => {
  socket.write(`${OK}connection: close\r\n${head}\r\n`);
  socket.end(body);
};

/** 64 MB of zeros in some KB. */
const zeros = Buffer.alloc(64 * 1024 * 1024);
const quick = { params: { [constants.BROTLI_PARAM_QUALITY]: 3 } };
const BOMBS = { gzip: gzipSync(zeros), brotli: brotliCompressSync(zeros, quick), deflate: deflateSync(zeros) };

const bombed = (name: string, coding: "gzip" | "brotli" | "deflate") => (socket: Socket) =>
  whole(`content-encoding: ${name}\r\ncontent-length: ${BOMBS[coding].length}\r\n`, BOMBS[coding])(socket);

function zipped(times: number): Buffer {
  let bytes = gzipSync("small");
  for (let i = 1; i < times; i++) bytes = gzipSync(bytes);
  return bytes;
}

const slow: AnsweringAttack[] = [
  { what: "says nothing", answer: () => {}, refused: TIMEOUT },
  { what: "drips its head", answer: (socket) => drip(socket, "x"), refused: /^(?:timeout|unavailable): / },
  {
    what: "sends head after head line",
    answer: (socket) => (socket.write(OK), drip(socket, "x-more: y\r\n")),
    refused: TIMEOUT,
  },
  {
    what: "drips a byte of the body at a time",
    answer: (socket) => (socket.write(`${OK}content-length: 100000\r\n\r\n`), drip(socket, "x")),
    refused: TIMEOUT,
  },
  {
    what: "drips chunks of one byte",
    answer: (socket) => (socket.write(`${OK}transfer-encoding: chunked\r\n\r\n`), drip(socket, "1\r\nx\r\n")),
    refused: TIMEOUT,
  },
  {
    what: "asks to wait, again and again",
    answer: (socket) => drip(socket, "HTTP/1.1 103 Early Hints\r\n\r\n"),
    refused: /^(?:timeout|unavailable): /,
  },
  {
    what: "redirects, and drips the reason",
    answer: (socket) => (
      socket.write("HTTP/1.1 302 Found\r\nlocation: http://10.0.0.1/\r\ncontent-length: 1000\r\n\r\n"),
      drip(socket, "x")
    ),
    refused: /private network/,
  },
];

const endless: AnsweringAttack[] = [
  {
    what: "sends without end",
    answer: (socket) => (socket.write(`${OK}\r\n`), flood(socket, "x".repeat(65_536))),
    refused: TOO_LARGE,
  },
  {
    what: "sends chunks without end",
    answer: (socket) => (
      socket.write(`${OK}transfer-encoding: chunked\r\n\r\n`),
      flood(socket, `10000\r\n${"x".repeat(65_536)}\r\n`)
    ),
    refused: TOO_LARGE,
  },
  {
    what: "announces more than anybody wants",
    answer: (socket) => void socket.write(`${OK}content-length: 999999999999\r\n\r\nx`),
    refused: TOO_LARGE,
  },
  {
    what: "sends a head without end",
    answer: (socket) => (socket.write(OK), flood(socket, `x-${"a".repeat(100)}: ${"b".repeat(1000)}\r\n`)),
    refused: BROKEN,
  },
  {
    what: "sends one endless line of its head",
    answer: (socket) => (socket.write(`${OK}x: `), flood(socket, "b".repeat(10_000))),
    refused: BROKEN,
  },
  {
    what: "sends an error without end",
    answer: (socket) => (socket.write("HTTP/1.1 500 Oops\r\n\r\n"), flood(socket, "x".repeat(65_536))),
    refused: TOO_LARGE,
  },
];

const grown: AnsweringAttack[] = [
  { what: "sends a gzip bomb", answer: bombed("gzip", "gzip"), refused: TOO_LARGE },
  { what: "sends a Brotli bomb", answer: bombed("br", "brotli"), refused: TOO_LARGE },
  { what: "sends a deflate bomb", answer: bombed("deflate", "deflate"), refused: TOO_LARGE },
  {
    what: "sends a gzip bomb in a gzip",
    answer: (socket) => whole("content-encoding: gzip, gzip\r\n", gzipSync(BOMBS.gzip))(socket),
    refused: TOO_LARGE,
  },
  {
    what: "packs a hundred times over",
    answer: whole(`content-encoding: ${Array(100).fill("gzip").join(", ")}\r\n`, zipped(100)),
    refused: BROKEN,
  },
  {
    what: "packs an error a hundred times over",
    answer: (socket) =>
      void socket.end(`HTTP/1.1 404 Not Found\r\ncontent-encoding: ${Array(100).fill("gzip").join()}\r\n\r\nx`),
    refused: BROKEN,
  },
  {
    what: "says gzip and sends none",
    answer: whole("content-encoding: gzip\r\n", "<html>plain</html>"),
    refused: BROKEN,
  },
  {
    what: "cuts its gzip off",
    answer: whole("content-encoding: gzip\r\n", gzipSync("x".repeat(100_000)).subarray(0, 60)),
    refused: BROKEN,
  },
];

const lies: AnsweringAttack[] = [
  { what: "announces more than it sends", answer: whole("content-length: 5000\r\n", "short"), refused: BROKEN },
  {
    what: "announces two lengths",
    answer: whole("content-length: 5\r\ncontent-length: 6\r\n", "short"),
    refused: BROKEN,
  },
  { what: "announces a length below nothing", answer: whole("content-length: -5\r\n", "short"), refused: BROKEN },
  {
    what: "announces a length and chunks",
    answer: whole("content-length: 3\r\ntransfer-encoding: chunked\r\n", "5\r\nshort\r\n0\r\n\r\n"),
    refused: BROKEN,
  },
  {
    what: "sends a chunk of a length that is none",
    answer: whole("transfer-encoding: chunked\r\n", "zz\r\nx"),
    refused: BROKEN,
  },
  { what: "speaks no HTTP", answer: (socket) => void socket.end("220 mail.example.org ESMTP\r\n"), refused: BROKEN },
  { what: "speaks Redis", answer: (socket) => void socket.end("-ERR unknown command 'GET'\r\n"), refused: BROKEN },
  { what: "hangs up", answer: (socket) => void socket.destroy(), refused: BROKEN },
  { what: "resets", answer: (socket) => void socket.resetAndDestroy(), refused: BROKEN },
  {
    what: "changes the protocol",
    answer: (socket) =>
      void socket.write("HTTP/1.1 101 Switching\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n"),
    refused: /^(?:timeout|unavailable): /,
  },
  {
    what: "splits its head by control characters",
    answer: whole("x-a: b\u0000c\r\n", "short"),
    refused: BROKEN,
  },
];

const types: AnsweringAttack[] = [
  ["a stream of events", "text/event-stream", /stream without an end/],
  ["pictures that replace each other", "multipart/x-mixed-replace; boundary=x", /stream without an end/],
  ["a live broadcast", "application/vnd.apple.mpegurl", /stream without an end/],
  ["a program", "application/x-msdownload", /a program or a disk/],
  ["a program in capitals", " Application/X-DOSEXEC ; v=1", /a program or a disk/],
  ["an app", "application/vnd.android.package-archive", /a program or a disk/],
  ["a disk", "application/x-iso9660-image", /a program or a disk/],
  ["a font", "font/woff2", /no document/],
].map(([what, type, why]) => ({
  what: `sends ${what as string}`,
  answer: text(type as string),
  refused: new RegExp(`^refused: .*${(why as RegExp).source}`),
}));

export const answers: readonly AnsweringAttack[] = [...slow, ...endless, ...grown, ...lies, ...types];
