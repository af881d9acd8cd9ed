/** Runs a script over test servers in a temporary home; what most of the host's tests begin with. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Decision, ProposedAnswer } from "../policy.ts";
import { scripted } from "../policies/scripted.ts";
import type { Script } from "../policies/scripted.ts";
import { runSession } from "../session.ts";
import type { NewSession, Outcome } from "../session.ts";
import { openPool } from "../tools/pool.ts";
import { inProcess } from "../tools/specs.ts";
import { NOTE, PASSAGE, testServer } from "./servers.ts";

export function temporaryHome(): string {
  return mkdtempSync(join(tmpdir(), "medresearcher-host-"));
}

export function call(tool: string, args: Record<string, unknown> = { query: "marfan" }, server = "graph"): Decision {
  return { kind: "act", thought: `use ${tool}`, calls: [{ server, tool, arguments: args }] };
}

export const GOOD_ANSWER: ProposedAnswer = {
  answer: "FBN1 [1].",
  abstained: false,
  citations: [{ n: 1, document: NOTE.id, passage: PASSAGE.id, quote: "variants of FBN1" }],
};
export const answer = (proposed: ProposedAnswer = GOOD_ANSWER): Decision => ({
  kind: "answer",
  thought: "this is it",
  answer: proposed,
});
export const abstain = (why = "The knowledge does not say."): Decision =>
  answer({ answer: why, abstained: true, citations: [] });

/** Runs the script to its end over the test server (or the given pool). */
export async function runScript(script: Script, options: Partial<NewSession> = {}): Promise<Outcome> {
  const pool = options.pool ?? (await openPool(inProcess([testServer()])));
  try {
    return await runSession({
      home: temporaryHome(),
      question: "Which gene is mutated in Marfan syndrome?",
      settings: { name: "scripted" },
      knowledge: "starter",
      version: "test",
      policy: () => scripted(script),
      ...options,
      pool,
    });
  } finally {
    await pool.close();
  }
}
