/** A file that a test gives out line by line: a named pipe. While lines come, whoever reads it cannot be done before the test stops it. */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync, utimesSync } from "node:fs";
import { Readable } from "node:stream";

/** Lines that are given out together: on a busy machine every piece may have to wait for its turn. */
const PIECE = 2000;

/**
 * Gives out the lines to the one process that reads `path`, for as long as it reads. Its size and its time are the same each time.
 * @returns takes the file away again; the reader is gone by then
 */
export function pipedFile(path: string, lines: Iterable<string>): () => Promise<void> {
  execFileSync("mkfifo", [path]);
  utimesSync(path, 0, 0);
  // Opening waits for the reader: the shell's affair. It ends with the reader, and so does what is sent to it.
  const feeder = spawn("sh", ["-c", 'exec cat > "$0"', path], { stdio: ["pipe", "ignore", "ignore"] });
  feeder.stdin.on("error", () => {});
  Readable.from(pieces(lines)).pipe(feeder.stdin);
  const gone = once(feeder, "exit");
  return async () => {
    feeder.kill();
    await gone;
    rmSync(path);
  };
}

function* pieces(lines: Iterable<string>): Generator<string> {
  let piece: string[] = [];
  for (const line of lines) {
    piece.push(`${line}\n`);
    if (piece.length < PIECE) continue;
    yield piece.join("");
    piece = [];
  }
  yield piece.join("");
}

/** `line(0)`, `line(1)` … without an end. */
export function* endless(line: (i: number) => string): Generator<string> {
  for (let i = 0; ; i++) yield line(i);
}
