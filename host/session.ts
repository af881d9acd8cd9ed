/** A session from question to end: begun, or taken up again where it stopped. */
import type { Budget, Citation, MaskedTriple, SessionEvent, Termination, Usage } from "../schemas/index.ts";
import { DEFAULT_BUDGET } from "./budget.ts";
import type { Clock } from "./clock.ts";
import { systemClock } from "./clock.ts";
import { Journal } from "./journal.ts";
import type { PastEvent } from "./journal.ts";
import { runLoop } from "./loop.ts";
import type { Policy } from "./policy.ts";
import { readBlob } from "./recording/blobs.ts";
import { SessionLog } from "./recording/log.ts";
import { nowhere } from "./recording/nowhere.ts";
import { createSession, readSession } from "./recording/sessions.ts";
import type { StoredSession } from "./recording/sessions.ts";
import { fold, RESUMED } from "./state.ts";
import type { State } from "./state.ts";
import type { ToolDefinition } from "./tools/connection.ts";
import type { ToolPool } from "./tools/pool.ts";

export type SessionStarted = Extract<SessionEvent, { type: "session.started" }>;
export type PolicySettings = SessionStarted["policy"];

/** Makes the policy of a session for the tools there are; used again, with the recorded settings and tools, by replay and resume. */
export type PolicyFactory = (settings: PolicySettings, tools: readonly ToolDefinition[]) => Policy;

export interface RunOptions {
  /** Folder under which `sessions/` lies. */
  home: string;
  pool: ToolPool;
  policy: PolicyFactory;
  signal?: AbortSignal;
  clock?: Clock;
  /** Called for each event once it is on disk. */
  observe?: (event: SessionEvent, state: State) => void;
  /** Called with the id as soon as there is one. */
  begun?: (session: string, folder: string) => void;
}

export interface NewSession extends RunOptions {
  question: string;
  settings: PolicySettings;
  knowledge: string;
  budget?: Partial<Budget>;
  version: string;
  /** Nothing of it is written to disk: the text of the question must not be. */
  unrecorded?: boolean;
  /** The masked path, for a guided run. */
  guidance?: readonly MaskedTriple[];
}

export interface Outcome {
  session: string;
  question: string;
  /** The checked answer; where there is none, an abstention that says why. */
  answer: string;
  abstained: boolean;
  termination: Termination;
  /** Why it ended so, where that needs saying. */
  message?: string;
  citations: Citation[];
  usage: Usage;
  state: State;
}

class NotResumable extends Error {
  override readonly name = "NotResumable";
}

/** Runs a question to its end. Every event is on disk before it is observed. */
export async function runSession(options: NewSession): Promise<Outcome> {
  const { home, pool, question, settings, knowledge, version, guidance, clock = systemClock } = options;
  const { id, log } = options.unrecorded ? nowhere() : createSession(home, new Date(clock.now()));
  try {
    options.begun?.(id, log.folder);
    const journal = new Journal({
      state: fold([]),
      seq: 0,
      sink: log,
      clock,
      ...(options.observe ? { observe: options.observe } : {}),
    });
    journal.append({
      type: "session.started",
      session: id,
      question,
      policy: settings,
      knowledge,
      budget: { ...DEFAULT_BUDGET, ...options.budget },
      tools: pool.tools.map(({ server, tool }) => ({ server, tool })),
      definitions: log.keep(JSON.stringify(pool.tools)),
      unavailable: [...pool.unavailable],
      version,
      ...(guidance ? { guidance: [...guidance] } : {}),
    });
    return await finish(journal, options, options.policy(settings, pool.tools));
  } finally {
    log.close();
  }
}

export interface ResumeOptions extends RunOptions {
  session: string;
  warn?: (message: string) => void;
}

/**
 * Goes on with a session that was killed, stopped or lost its infrastructure. The last step is gone through again
 * against the record, so that it does not matter where in it the log ends.
 */
export async function resumeSession(options: ResumeOptions): Promise<Outcome> {
  const { home, pool, clock = systemClock, warn = () => undefined } = options;
  const { id, folder } = readSession(home, options.session);
  const log = new SessionLog(folder);
  try {
    // Read under the lock: another process may have written since.
    const stored = readSession(home, id);
    stored.warnings.forEach(warn);
    const whole = fold(stored.events);
    if (whole.ended && !["aborted", "infrastructure_error"].includes(whole.ended.termination)) {
      throw new NotResumable(`session ${id} has ended (${whole.ended.termination}); there is nothing to go on with`);
    }
    log.setAside(stored.wholeBytes);
    options.begun?.(id, folder);
    const from = lastStepBegin(stored.events);
    const journal = new Journal({
      state: fold(stored.events.slice(0, from)),
      seq: from,
      sink: log,
      past: pastOf(stored).slice(from),
      preface: { type: "annotation", ...RESUMED },
      clock,
      ...(options.observe ? { observe: options.observe } : {}),
      onDivergence({ seq }) {
        warn(
          `session ${id}: the policy now decides otherwise from event ${seq} on; the old events are in events.jsonl.torn`,
        );
        log.setAside(byteOffset(stored.lines, seq));
      },
    });
    const started = stored.events[0] as SessionStarted;
    return await finish(journal, options, options.policy(started.policy, definitionsOf(stored) ?? pool.tools));
  } finally {
    log.close();
  }
}

/** The tools as the recorded run was given them. */
export function definitionsOf({
  events,
  folder,
}: Pick<StoredSession, "events" | "folder">): ToolDefinition[] | undefined {
  const started = events[0] as SessionStarted;
  if (!started.definitions) return undefined;
  return JSON.parse(readBlob(folder, started.definitions)) as ToolDefinition[];
}

export function pastOf({ events, lines }: Pick<StoredSession, "events" | "lines">): PastEvent[] {
  return events.map((event, i) => ({ event, line: lines[i]! }));
}

async function finish(journal: Journal, options: RunOptions, policy: Policy): Promise<Outcome> {
  const signal = options.signal ?? new AbortController().signal;
  // A record that goes on after an end (it was stopped and resumed) takes more than one run of the loop.
  do await runLoop({ policy, pool: options.pool, journal, signal });
  while (journal.hasPast || !journal.state.ended);
  return outcomeOf(journal.state);
}

/** What came of a session that has ended. An answer that did not pass its check is never among it. */
export function outcomeOf(state: State): Outcome {
  const { session, question, usage, ended } = state;
  if (!ended) throw new Error(`session ${session} has not ended`);
  const last = state.steps.at(-1);
  const { termination, message } = ended;
  // What a policy says that was cut off from its sources is no finding.
  const cutOff = termination === "infrastructure_error" || termination === "aborted";
  const checked = !cutOff && last?.answer && last.problems?.length === 0 ? last.answer : undefined;
  return {
    session,
    question,
    answer: checked?.answer ?? withoutAnswer(ended),
    abstained: termination !== "answered",
    termination,
    ...(message ? { message } : {}),
    citations: checked?.citations ?? [],
    usage,
    state,
  };
}

function withoutAnswer({ termination, message }: NonNullable<State["ended"]>): string {
  const why = message ? `: ${message}` : "";
  switch (termination) {
    case "abstained":
      return `No answer that the evidence supports was found${why}`;
    case "aborted":
      return "The run was stopped before there was an answer";
    case "infrastructure_error":
      return `The question could not be researched${why}`;
    default:
      return `The run reached its ${termination.replace("_", " ")} before there was an answer`;
  }
}

function lastStepBegin(events: readonly SessionEvent[]): number {
  const last = events.findLast((event) => "step" in event);
  if (!last || !("step" in last)) return events.length;
  return events.findIndex((event) => "step" in event && event.step === last.step);
}

function byteOffset(lines: readonly string[], count: number): number {
  return lines.slice(0, count).reduce((bytes, line) => bytes + Buffer.byteLength(line) + 1, 0);
}
