/** A process of its own for the tests that kill one: runs, or resumes, a script over a slow server. Arguments: HOME [SESSION]. `TEST_SLOWER` times as slow. */
import { scripted } from "../policies/scripted.ts";
import type { Script } from "../policies/scripted.ts";
import { resumeSession, runSession } from "../session.ts";
import type { PolicyFactory } from "../session.ts";
import { openPool } from "../tools/pool.ts";
import { inProcess } from "../tools/specs.ts";
import { answer, call } from "./run.ts";
import { testServer } from "./servers.ts";

const slow = (ms: number) => ({ server: "graph", tool: "slow", arguments: { ms } });
const SCRIPT: Script = [
  call("find"),
  { kind: "act", thought: "wait", calls: [slow(50), slow(700), slow(400)] },
  call("big"),
  answer(),
];
const policy: PolicyFactory = () => scripted(SCRIPT);

const [home = "", session] = process.argv.slice(2);
const slower = Number(process.env["TEST_SLOWER"] ?? 1);
const pool = await openPool(inProcess([testServer("graph", [], 0, slower)]));
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
