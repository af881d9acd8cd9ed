/** One cell's session: begun, or taken up where a killed run left it, so that nothing is bought twice. */
import type { Budget, Task } from "../../schemas/index.ts";
import {
  fold,
  outcomeOf,
  readSession,
  resumeSession,
  runSession,
  type Outcome,
  type PolicyFactory,
  type PolicySettings,
  type ToolPool,
} from "../../host/index.ts";

export interface Researcher {
  home: string;
  pool: ToolPool;
  policy: PolicyFactory;
  settings: PolicySettings;
  knowledge: string;
  budget: Partial<Budget>;
  version: string;
  /** The text of the question may not be written to disk. */
  unrecorded: boolean;
  signal: AbortSignal;
}

/** @param earlier the session that an earlier run began for this cell @param begun called once a new one has its id */
export async function research(
  by: Researcher,
  task: Task,
  earlier: string | undefined,
  begun: (session: string) => void,
): Promise<Outcome> {
  const { home, pool, policy, signal } = by;
  const known = earlier === undefined ? undefined : stateOf(home, earlier);
  if (known?.ended && !["aborted", "infrastructure_error"].includes(known.ended.termination)) return outcomeOf(known);
  const { settings, knowledge, budget, version, unrecorded } = by;
  if (known) {
    // Where the model is served may have changed since.
    const here: PolicyFactory = (recorded, tools) => policy({ ...recorded, baseUrl: settings.baseUrl }, tools);
    return resumeSession({ home, pool, policy: here, signal, session: earlier! });
  }
  return runSession({
    home,
    pool,
    policy,
    signal,
    question: task.question,
    settings,
    knowledge,
    budget,
    version,
    unrecorded,
    ...(unrecorded ? {} : { begun }),
  });
}

/** undefined where the session was removed, or was killed before its first event. */
function stateOf(home: string, session: string) {
  try {
    return fold(readSession(home, session).events);
  } catch {
    return undefined;
  }
}
