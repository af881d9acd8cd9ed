/** Where a provider is: its usual address, or the one that the operator has set. */
import { ToolError } from "../../kit/failure.ts";

/** @throws ToolError where the setting is no address */
export function endpoint(variable: string, usual: string, path: string): URL {
  const base = process.env[variable]?.trim() || usual;
  const root = `${base.replace(/\/*$/, "")}/`;
  if (/^https?:\/\//i.test(root) && URL.canParse(path, root)) return new URL(path, root);
  throw new ToolError({
    reason: "unavailable",
    message: `${variable} is ${JSON.stringify(base.slice(0, 100))}, which is no http address`,
    recovery: `the operator should write it in full: ${variable}=http://127.0.0.1:8888`,
    retryable: false,
  });
}
