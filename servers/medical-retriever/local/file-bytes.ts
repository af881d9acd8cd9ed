/** Bytes to and from a place in a file, all of them: the system may write and read fewer at a time. */
import { readSync, writeSync } from "node:fs";

/** @throws Error where the disk is full: a write that stops short is followed by one that says so */
export function writeAll(file: number, { buffer, byteOffset, byteLength }: NodeJS.TypedArray, at: number): void {
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done, bytes.length - done, at + done);
}

/** Fills the first bytes of a buffer. @param what the file holds, for the message. @throws Error where it ends before */
export function readAll(file: number, buffer: Uint8Array, at: number, what: string, bytes = buffer.length): void {
  for (let done = 0; done < bytes;) {
    const count = readSync(file, buffer, done, bytes - done, at + done);
    if (count === 0) throw new Error(`the ${what} of the search index are cut off`);
    done += count;
  }
}
