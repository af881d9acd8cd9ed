/** The thread in which the reader runs: calls in, results and progress out, pages asked for through the other end. */
import { Console } from "node:console";
import { parentPort, workerData } from "node:worker_threads";
import { DocumentReader, type FindRequest, type ReadRequest } from "../reader.ts";
import type { PageAnswer } from "../web-pages.ts";
import { Line } from "./line.ts";

// What a library prints must not end up between a server's messages.
globalThis.console = new Console(process.stderr, process.stderr);
const knowledge = workerData as string | undefined;
const line = new Line(parentPort!, {
  read: (request: ReadRequest, signal, progress) => reader.read(request, signal, progress),
  find: (request: FindRequest, signal) => reader.find(request, signal),
  close: () => reader.close(),
});
const reader = new DocumentReader({
  ...(knowledge ? { knowledge } : {}),
  askPage: (address, signal) => line.call<PageAnswer>("askPage", address, signal),
});
