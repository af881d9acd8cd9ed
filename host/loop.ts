/** Reason, act, observe: until the answer stands, a ceiling is reached, the user stops it, or what it stands on is gone. */
import type { SessionEvent, Termination, ToolCall, ToolFailure } from "../schemas/index.ts";
import { checkAnswer } from "./answer.ts";
import { millisecondsLeft, reachedLimit, remaining } from "./budget.ts";
import type { Limit } from "./budget.ts";
import type { EventDraft, Journal } from "./journal.ts";
import { modelCaller, ModelInterrupted } from "./model-calls.ts";
import { InfrastructureError } from "./policy.ts";
import type { Decision, Policy, ProposedAnswer, ProposedCall } from "./policy.ts";
import type { State, Step } from "./state.ts";
import { observe } from "./tools/observe.ts";
import { SERVER_UNREACHABLE } from "./tools/failures.ts";
import type { ToolPool } from "./tools/pool.ts";

export interface Run {
  policy: Policy;
  pool: ToolPool;
  journal: Journal;
  signal: AbortSignal;
}

export type SessionEnded = Extract<SessionEvent, { type: "session.ended" }>;

interface Ending {
  termination: Termination;
  message?: string;
}

/** An answer that failed its check gets one more turn; then it is given up. */
const ANSWER_ATTEMPTS = 2;

/** Runs from the journal's state to a typed end, which is recorded. Throws only what no session can end with (a replay's difference, a cassette's miss). */
export async function runLoop(run: Run): Promise<SessionEnded> {
  const { journal } = run;
  const ending = await untilEnded(run);
  const { termination, message } = ending;
  journal.append({
    type: "session.ended",
    termination,
    ...(message ? { message } : {}),
    usage: journal.state.usage,
  });
  journal.sync();
  return journal.state.ended!;
}

async function untilEnded(run: Run): Promise<Ending> {
  const { journal, signal } = run;
  // What a stopped run left open is finished first.
  const { pending, steps } = journal.state;
  if (pending.length > 0) await observe(run, steps.at(-1)!.step, pending, new Map());
  for (;;) {
    if (journal.wasAborted() || signal.aborted) return { termination: "aborted", message: "stopped by the user" };
    const lost = lostInfrastructure(journal.state);
    if (lost) return { termination: "infrastructure_error", message: lost };
    const limit = reachedLimit(journal.state.usage, journal.state.budget);
    const ending = await turn(run, limit);
    if (ending) return ending;
  }
}

/** One turn: a decision and what follows from it. */
async function turn(run: Run, limit: Limit | undefined): Promise<Ending | undefined> {
  const { journal } = run;
  const step = (journal.state.steps.at(-1)?.step ?? 0) + 1;
  let decision: Decision;
  try {
    decision = await decide(run, step, limit !== undefined);
  } catch (error) {
    return failed(error, run, step, limit);
  }
  const begun: EventDraft[] = [
    { type: "thought", step, text: decision.thought },
    ...(decision.hypotheses ?? []).map((change) => ({ type: "hypothesis.changed" as const, step, ...change })),
  ];
  if (decision.kind === "answer") return answer(run, step, begun, decision.answer, limit);
  if (limit || decision.calls.length === 0) {
    journal.append(...begun);
    if (limit) return { termination: limit, message: "no answer was given when the tools were withdrawn" };
    return {
      termination: "infrastructure_error",
      message: `the policy ${run.policy.name} neither called a tool nor answered`,
    };
  }
  await act(run, step, begun, decision.calls);
  return undefined;
}

async function decide(run: Run, step: number, mustAnswer: boolean): Promise<Decision> {
  const { journal, policy, signal } = run;
  const { state } = journal;
  const left = () => millisecondsLeft(journal.state, journal.clock.now(), mustAnswer);
  return policy.decide(state, {
    signal,
    mustAnswer,
    remaining: remaining(state),
    usage: state.usage,
    callModel: modelCaller(journal, step, signal, left),
  });
}

/** A decision that did not come about: stopped, out of time, or for want of what it needs. */
function failed(
  error: unknown,
  { journal, policy, signal }: Run,
  step: number,
  limit: Limit | undefined,
): Ending | undefined {
  if (error instanceof ModelInterrupted && error.cause === "time_limit") {
    if (limit) return { termination: "time_limit", message: "the model gave no answer in the time left" };
    journal.append({ type: "thought", step, text: "The time limit was reached before this step was decided." });
    return undefined;
  }
  if (error instanceof ModelInterrupted || journal.wasAborted() || signal.aborted) {
    return { termination: "aborted", message: "stopped by the user" };
  }
  if (error instanceof InfrastructureError) return { termination: "infrastructure_error", message: error.message };
  if (isOurs(error)) throw error;
  const message = error instanceof Error ? error.message : String(error);
  return { termination: "infrastructure_error", message: `the policy ${policy.name} failed: ${message}` };
}

/** What must be heard by whoever runs the loop, not recorded as an end of the session. */
function isOurs(error: unknown): boolean {
  return error instanceof Error && ["Divergence", "EndOfRecord", "CassetteMiss"].includes(error.name);
}

async function act(run: Run, step: number, begun: EventDraft[], proposed: readonly ProposedCall[]): Promise<void> {
  const { journal } = run;
  const allowed = proposed.slice(0, remaining(journal.state).toolCalls);
  const refused = new Map<string, ToolFailure>();
  const calls = allowed.map(({ server, tool, arguments: args, refused: failure }, i): ToolCall => {
    const id = `${step}.${i + 1}`;
    if (failure) refused.set(id, failure);
    return { id, server, tool, arguments: args };
  });
  // One write: a killed process leaves the whole decision or nothing of it.
  journal.append(...begun, ...calls.map((call) => ({ type: "tool.called" as const, step, call })));
  await observe(run, step, calls, refused);
}

function answer(
  { journal }: Run,
  step: number,
  begun: EventDraft[],
  proposed: ProposedAnswer,
  limit: Limit | undefined,
): Ending | undefined {
  const { answer, abstained, citations } = proposed;
  const problems = checkAnswer(proposed, journal.state);
  journal.append(
    ...begun,
    { type: "answer.proposed", step, answer, abstained, citations },
    { type: "answer.checked", step, ok: problems.length === 0, problems },
  );
  if (problems.length > 0) {
    const attempts = journal.state.steps.filter((s) => s.problems && s.problems.length > 0).length;
    if (attempts < ANSWER_ATTEMPTS) return undefined;
    return {
      termination: limit ?? "abstained",
      message: `the proposed answer was not supported: ${problems.join("; ")}`,
    };
  }
  if (!abstained) return { termination: "answered" };
  if (heardNothing(journal.state)) {
    return { termination: "infrastructure_error", message: `no tool could be reached: ${unreached(journal.state)}` };
  }
  const missing = unreached(journal.state);
  return { termination: limit ?? "abstained", ...(missing ? { message: `not reached: ${missing}` } : {}) };
}

/** Why no research is possible any more, where that is so: there are no tools, or every server's last call found it gone. */
function lostInfrastructure(state: State): string | undefined {
  if (state.tools.length === 0) return `no server could be reached: ${unreached(state) || "none is configured"}`;
  const last = state.steps.at(-1);
  if (!last || last.returned.length === 0 || !last.returned.every(isUnreachable)) return undefined;
  const servers = new Set(state.tools.map((t) => t.server));
  const gone = new Set(lostServers(state));
  return [...servers].every((server) => gone.has(server)) ? `every server is gone: ${unreached(state)}` : undefined;
}

/** Servers whose last call did not reach them. */
function lostServers(state: State): string[] {
  const reached = new Map<string, boolean>();
  for (const { returned } of state.steps) for (const r of returned) reached.set(r.call.server, !isUnreachable(r));
  return [...reached].filter(([, ok]) => !ok).map(([server]) => server);
}

function heardNothing(state: State): boolean {
  const returned = state.steps.flatMap((step) => step.returned);
  return returned.length > 0 && returned.every(isUnreachable);
}

function isUnreachable({ isError, result }: Step["returned"][number]): boolean {
  return isError && (result as ToolFailure).reason === SERVER_UNREACHABLE;
}

function unreached(state: State): string {
  const names = state.unavailable.map(({ server, message }) => `${server} (${message})`);
  return [...names, ...lostServers(state)].join(", ");
}
