/** Judging what NCBI and its neighbours send with status 200: data, or a failure in the clothes of an answer. */
import { ToolError } from "../../kit/index.ts";
import { unavailable } from "./json-answers.ts";

/** A page for people where data was asked for: the service throttles or is down. @throws ToolError rate_limited */
export function refusePage(source: string, text: string, recovery: string): void {
  if (!/^\s*(?:<!--.*?-->\s*)?(?:<!doctype html|<html)/is.test(text.slice(0, 2000))) return;
  throw new ToolError({
    reason: "rate_limited",
    message: `${source} answered with a web page instead of data: it is limiting requests, or is down`,
    recovery,
    retryable: true,
  });
}

/** NCBI repeats queries in its JSON as they came, tabs and line ends within. @throws ToolError retryable, on JSON that was cut off */
export function jsonIn(source: string, text: string): unknown {
  try {
    return JSON.parse(text.replaceAll(/\p{Cc}/gu, " ")) as unknown;
  } catch {
    throw unavailable(`${source}'s answer was cut off`);
  }
}
