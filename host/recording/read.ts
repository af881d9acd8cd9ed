/** Reads a session's log: every whole event, in order. A file that was cut in the middle of a line opens up to the last whole one. */
import { readFileSync } from "node:fs";
import { SessionEvent } from "../../schemas/index.ts";

export interface ReadLog {
  events: SessionEvent[];
  /** The lines as they lie on disk, one per event. */
  lines: string[];
  /** Length in bytes of the whole events; what follows is torn. */
  wholeBytes: number;
  /** What could not be read, where something could not. */
  torn?: { bytes: number; reason: string };
}

/** Blobs are left unresolved. Throws only where the file itself cannot be read. */
export function readLog(file: string): ReadLog {
  const bytes = readFileSync(file);
  const log: ReadLog = { events: [], lines: [], wholeBytes: 0 };
  while (log.wholeBytes < bytes.length) {
    const end = bytes.indexOf(10, log.wholeBytes);
    const problem =
      end < 0 ? "the last line is not complete" : readLine(log, bytes.toString("utf8", log.wholeBytes, end));
    if (problem) {
      log.torn = { bytes: bytes.length - log.wholeBytes, reason: `after event ${log.events.length - 1}: ${problem}` };
      break;
    }
    log.wholeBytes = end + 1;
  }
  return log;
}

/** Adds the line's event, or says what is wrong with it. */
function readLine(log: ReadLog, line: string): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return "a line is not JSON";
  }
  const parsed = SessionEvent.safeParse(value);
  if (!parsed.success) return `a line is no session event (${parsed.error.issues[0]?.message ?? "unknown shape"})`;
  const { seq } = parsed.data;
  if (seq !== log.events.length) return `event ${seq} stands where event ${log.events.length} belongs`;
  log.events.push(parsed.data);
  log.lines.push(line);
  return undefined;
}
