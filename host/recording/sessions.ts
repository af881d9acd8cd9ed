/** The sessions of a home folder: `sessions/<id>/events.jsonl` and `blobs/`. */
import { randomInt } from "node:crypto";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { SessionEvent, Termination, Usage } from "../../schemas/index.ts";
import { fold } from "../state.ts";
import { withoutBlob } from "./blobs.ts";
import { LOG_FILE, SessionLog } from "./log.ts";
import { readLog } from "./read.ts";

export interface SessionSummary {
  id: string;
  question: string;
  /** Absent while it runs, or where it was killed: such a session can be resumed. */
  termination?: Termination;
  startedAt: string;
  policy: string;
  knowledge: string;
  /** The checked answer, where there is one. */
  answer?: string;
  usage: Usage;
  events: number;
}

export interface StoredSession {
  id: string;
  folder: string;
  /** With results read back from their blobs. */
  events: SessionEvent[];
  /** As they lie on disk. */
  lines: string[];
  wholeBytes: number;
  warnings: string[];
}

export class NoSuchSession extends Error {
  override readonly name = "NoSuchSession";
}

/** Begins a session under a new id: sortable by time, unique though many begin at once. */
export function createSession(home: string, now = new Date()): { id: string; log: SessionLog } {
  for (;;) {
    const id = sessionId(now);
    mkdirSync(sessionsFolder(home), { recursive: true });
    try {
      mkdirSync(join(sessionsFolder(home), id));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EEXIST") continue;
      throw error;
    }
    return { id, log: new SessionLog(join(sessionsFolder(home), id)) };
  }
}

/** The session's events up to the last whole one; `latest` and any beginning that fits one id alone are ids too. */
export function readSession(home: string, wanted: string): StoredSession {
  const id = findId(home, wanted);
  const folder = join(sessionsFolder(home), id);
  const { events, lines, wholeBytes, torn } = readLog(join(folder, LOG_FILE));
  const warnings = torn ? [tornWarning(id, torn)] : [];
  if (events[0]?.type !== "session.started") throw new NoSuchSession(`the log of session ${id} has no beginning`);
  return { id, folder, events: events.map((event) => withoutBlob(event, folder)), lines, wholeBytes, warnings };
}

/** Newest first. A session whose log cannot be read is left out and named by `warn`. */
export function listSessions(home: string, warn: (message: string) => void = () => undefined): SessionSummary[] {
  const summaries: SessionSummary[] = [];
  for (const id of ids(home).toReversed()) {
    try {
      summaries.push(summarise(home, id, warn));
    } catch (error) {
      warn(`session ${id} cannot be read: ${(error as Error).message}`);
    }
  }
  return summaries;
}

function summarise(home: string, id: string, warn: (message: string) => void): SessionSummary {
  // Blobs stay closed: a list needs no results.
  const { events, torn } = readLog(join(sessionsFolder(home), id, LOG_FILE));
  const started = events[0];
  if (started?.type !== "session.started") throw new Error(torn?.reason ?? "it has no beginning");
  if (torn) warn(tornWarning(id, torn));
  const state = fold(events);
  const answer = state.steps.findLast((step) => step.answer && step.problems?.length === 0)?.answer;
  return {
    id,
    question: started.question,
    ...(state.ended ? { termination: state.ended.termination } : {}),
    startedAt: started.at,
    policy: started.policy.name,
    knowledge: started.knowledge,
    ...(answer ? { answer: answer.answer } : {}),
    usage: state.usage,
    events: events.length,
  };
}

function tornWarning(id: string, { reason, bytes }: { reason: string; bytes: number }): string {
  return `session ${id} is cut ${reason}; opened up to there, ${bytes} bytes are left aside`;
}

export function sessionsFolder(home: string): string {
  return join(home, "sessions");
}

function ids(home: string): string[] {
  const folder = sessionsFolder(home);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, LOG_FILE)))
    .map((entry) => entry.name)
    .toSorted();
}

function findId(home: string, wanted: string): string {
  const all = ids(home);
  if (all.includes(wanted)) return wanted;
  const fitting = wanted === "latest" ? all.slice(-1) : all.filter((id) => wanted && id.startsWith(wanted));
  if (fitting.length === 1) return fitting[0]!;
  if (fitting.length > 1)
    throw new NoSuchSession(`${fitting.length} sessions begin with ${wanted}; give more of the id`);
  throw new NoSuchSession(
    `there is no session ${wanted} in ${sessionsFolder(home)}; \`sessions list\` shows those there are`,
  );
}

const LETTERS = "abcdefghjkmnpqrstvwxyz23456789";

function sessionId(now: Date): string {
  const time = now.toISOString().replace(/[-:]/g, "").replace("T", "-").replace(".", "-").replace("Z", "");
  return `${time}-${Array.from({ length: 6 }, () => LETTERS[randomInt(LETTERS.length)]).join("")}`;
}
