/** The process that parses: one document at a time, an answer for each. Its bytes come on standard input. */
import { constants, setPriority } from "node:os";
import { ToolError } from "../../kit/failure.ts";
import type { ParsingAnswer, ParsingTask } from "./aside.ts";
import type { Announced } from "./child.ts";
import { damaged } from "./failures.ts";
import { readBytes } from "./read-bytes.ts";

async function answerTo(task: ParsingTask): Promise<ParsingAnswer> {
  try {
    return await readBytes(task);
  } catch (error) {
    // Whatever a parser throws, the document is at fault, not the caller.
    const failure = error instanceof ToolError ? error : damaged("document", error);
    return { failure: failure.toJSON() };
  }
}

/** The next so many bytes of standard input. */
async function take(length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const part = process.stdin.read(Math.min(length - filled, process.stdin.readableLength || length)) as Buffer | null;
    if (part) {
      bytes.set(part, filled);
      filled += part.length;
    } else await new Promise((resolve) => process.stdin.once("readable", resolve));
  }
  return bytes;
}

// Where there are few cores, the server comes first.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
process.on("message", ({ length, ...task }: Announced) => {
  void take(length)
    .then((bytes) => answerTo({ ...task, bytes }))
    .then((answer) => process.send!(answer));
});
// The server has ended, in whatever way.
process.on("disconnect", () => process.exit());
