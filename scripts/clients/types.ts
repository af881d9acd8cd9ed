/** What the foreign clients are given, and what they report. */
import type { ServerName } from "../../servers/commands/registry.ts";
import type { ToolCall } from "../../tests/tool-calls.ts";

interface Common {
  name: ServerName;
  calls: ToolCall[];
  /** The servers' environment: the data folder, no network. */
  env: Record<string, string>;
}

export type Target = Common & ({ transport: "stdio"; command: string[] } | { transport: "http"; url: string });

export interface Check {
  what: string;
  /** Absent where it passed. */
  error?: string;
}

export type ForeignClient = (targets: Target[]) => Promise<Check[]>;

/** One check by name: whatever is thrown is its failure. */
export async function check(what: string, run: () => Promise<void>): Promise<Check> {
  try {
    await run();
    return { what };
  } catch (error) {
    return { what, error: error instanceof Error ? error.message : String(error) };
  }
}

/** @throws Error where a result is none of ours: an error, or text and structured content that differ */
export function assertResult(result: Record<string, unknown>): void {
  const [content] = (result["content"] ?? []) as { text?: string }[];
  if (result["isError"]) throw new Error(`isError: ${content?.text}`);
  if (content?.text !== JSON.stringify(result["structuredContent"])) {
    throw new Error("text and structuredContent differ");
  }
}
