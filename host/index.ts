/** What evals, training and the command line use of the host: run, resume, read, replay. */
export { DEFAULT_BUDGET } from "./budget.ts";
export type { HostParts } from "./commands/parts.ts";
export type { Policy, Decision, DecideContext, ProposedAnswer, ProposedCall } from "./policy.ts";
export { loadPolicy, POLICY_NAMES } from "./policies/index.ts";
export { chatOf, type Chat, type ChatCall, type ChatMessage } from "./policies/llm/chat.ts";
export { hostHome } from "./recording/home.ts";
export { listSessions, readSession, type SessionSummary, type StoredSession } from "./recording/sessions.ts";
export { replaySession, type ReplayResult } from "./replay.ts";
export { definitionsOf, outcomeOf, resumeSession, runSession } from "./session.ts";
export type { NewSession, Outcome, PolicyFactory, PolicySettings, ResumeOptions, RunOptions } from "./session.ts";
export { apply, fold, type ReturnedCall, type State, type Step } from "./state.ts";
export { FAULT_KINDS, faultOf, faultyPool, type FaultKind, type FaultOptions } from "./tools/faults.ts";
export { openPool, type ToolPool } from "./tools/pool.ts";
export { type CallResult } from "./tools/result.ts";
export { inProcess, readServersFile, type ServerFactoryLike, type ServerSpec } from "./tools/specs.ts";
export { type ToolDefinition } from "./tools/connection.ts";
export { stopOnSignals } from "./stop-on-signals.ts";
