/** The ways in which a document cannot be read, each with what to do next. */
import { ToolError } from "../../kit/failure.ts";

/** It holds what is read here, but broken, locked or made to do harm. */
export function unreadable(message: string, recovery: string): ToolError {
  return new ToolError({ reason: "unreadable", message, recovery, retryable: false });
}

/** A parser gave up. @param what "Word file", "XML" */
export function damaged(what: string, error: unknown): ToolError {
  if (error instanceof ToolError) return error;
  const why = error instanceof Error ? error.message : String(error);
  const isDeep = error instanceof RangeError && /call stack/i.test(why);
  const said = isDeep ? "it nests too deep" : why.replace(/\s+/g, " ").slice(0, 200);
  return unreadable(`the ${what} cannot be read: ${said}`, "look for another copy of the document, or another format");
}

/** A kind of file that is not read here. */
export function unsupported(
  what: string,
  recovery = "look for the same document as a web page, PDF or text",
): ToolError {
  return new ToolError({
    reason: "unsupported",
    message: `this is ${what}, which is not read here`,
    recovery,
    retryable: false,
  });
}

/** Made to cost more than any honest document does. */
export function refusedAsBomb(message: string): ToolError {
  return unreadable(
    `${message}: it is not unpacked, since files like this are made to exhaust a reader`,
    "look for the document elsewhere, or have someone check the file",
  );
}
