/** What `cli` hands to the commands, for tests: one test server, a script for a planner. Of its waiting calls only TEST_ENDING_CALLS end, where that is set. */
import type { HostParts } from "../commands/parts.ts";
import { loadPolicy } from "../policies/index.ts";
import { scripted } from "../policies/scripted.ts";
import { answer, call } from "./run.ts";
import { endingCalls, testServer } from "./servers.ts";

const slow = { server: "graph", tool: "slow", arguments: { ms: 1 } };
export const testParts: HostParts = {
  openServers: () => Promise.resolve([testServer("graph", { endingCalls: endingCalls() })]),
  knowledgeName(name = "starter") {
    if (name !== "starter") throw new Error(`there is no knowledge called ${name}`);
    return name;
  },
  loadPolicy: (settings) =>
    settings.name === "llm"
      ? loadPolicy(settings)
      : Promise.resolve(() => scripted([call("find"), { kind: "act", thought: "wait", calls: [slow] }, answer()])),
  version: "test",
};
