/** What a check found, and what to do about it. */

/** For one question to a server. */
export const ANSWER_MS = 8000;

export interface Finding {
  /** What was looked at: `node`, `store`, `search index`, `Redis` … */
  check: string;
  /** `problem`: something that is configured does not work; `note`: worth knowing, nothing is broken. */
  state: "ok" | "note" | "problem";
  message: string;
  /** What to do; with every problem, and with notes that can be acted on. */
  todo?: string;
}

export function ok(check: string, message: string): Finding {
  return { check, state: "ok", message };
}

export function note(check: string, message: string, todo?: string): Finding {
  return { check, state: "note", message, ...(todo ? { todo } : {}) };
}

export function problem(check: string, message: string, todo: string): Finding {
  return { check, state: "problem", message, todo };
}

/** A failure of a tool as a finding: its recovery is what to do. */
export function failed(check: string, error: unknown): Finding {
  const message = error instanceof Error ? error.message : String(error);
  const recovery = (error as { recovery?: unknown } | undefined)?.recovery;
  return problem(
    check,
    message,
    typeof recovery === "string" ? recovery : "see the message; MEDRESEARCHER_DEBUG=1 shows more",
  );
}

export function size(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`;
  return bytes >= 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${Math.ceil(bytes / 1e3)} kB`;
}

export function thousands(count: number): string {
  return count.toLocaleString("en");
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A source that nobody set up cannot be reached: without a network that is as it should be. */
export function away(check: string, error: unknown): Finding {
  const todo = "without a network set MEDRESEARCHER_OFFLINE=1: stored knowledge is used";
  return note(check, `cannot be asked (${messageOf(error)})`, todo);
}

/** `120 ms` */
export function since(started: number): string {
  return `${Math.round(performance.now() - started)} ms`;
}
