/** A process of its own for the tests that kill one: runs, or resumes, a script over a slow server. Arguments: HOME [SESSION]. TEST_ENDING_CALLS of its waiting calls end, where that is set. */
import { scripted } from "../policies/scripted.ts";
import type { Script } from "../policies/scripted.ts";
import { resumeSession, runSession } from "../session.ts";
import type { PolicyFactory } from "../session.ts";
import { openPool } from "../tools/pool.ts";
import { inProcess } from "../tools/specs.ts";
import { answer, call } from "./run.ts";
import { endingCalls, testServer } from "./servers.ts";

const slow = (ms: number) => ({ server: "graph", tool: "slow", arguments: { ms } });
const SCRIPT: Script = [
  call("find"),
  { kind: "act", thought: "wait", calls: [slow(5), slow(70), slow(40)] },
  call("big"),
  answer(),
];
const policy: PolicyFactory = () => scripted(SCRIPT);

const [home = "", session] = process.argv.slice(2);
const pool = await openPool(inProcess([testServer("graph", { endingCalls: endingCalls() })]));
const outcome = session
  ? await resumeSession({ home, pool, policy, session })
  : await runSession({
      home,
      pool,
      policy,
      question: "Which gene is mutated in Marfan syndrome?",
      settings: { name: "scripted" },
      knowledge: "starter",
      version: "test",
    });
process.stdout.write(
  JSON.stringify({ answer: outcome.answer, citations: outcome.citations, termination: outcome.termination }),
);
await pool.close();
