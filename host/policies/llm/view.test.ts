import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openServers } from "../../../servers/commands/registry.ts";
import { outcomeOf, runSession } from "../../session.ts";
import type { PolicyFactory } from "../../session.ts";
import { openPool } from "../../tools/pool.ts";
import type { ToolPool } from "../../tools/pool.ts";
import { inProcess } from "../../tools/specs.ts";
import { faultyPool } from "../../tools/faults.ts";
import { planner } from "../planner/index.ts";
import { chatOf } from "./chat.ts";
import type { ChatMessage } from "./chat.ts";
import type { CompletionRequest } from "./endpoint.ts";
import { llm } from "./index.ts";
import { viewOf } from "./view.ts";

const QUESTION = "Which company makes the drug that treats cystic fibrosis and acts on CFTR?";
const home = mkdtempSync(join(tmpdir(), "medresearcher-view-"));
let pool: ToolPool;
let close: () => Promise<unknown>;

beforeAll(async () => {
  process.env["MEDRESEARCHER_HOME"] = home;
  process.env["MEDRESEARCHER_OFFLINE"] = "1";
  const factories = await openServers({ knowledge: "starter" });
  pool = await openPool(inProcess(factories));
  close = () => Promise.allSettled([pool.close(), ...factories.map((factory) => factory.close())]);
});
afterAll(() => close());

const ask = (policy: PolicyFactory, settings: { name: string; view?: "full" | "compact" }, over = pool) =>
  runSession({ home, pool: over, policy, question: QUESTION, settings, knowledge: "starter", version: "test" });

/** The chat's message as an endpoint takes it. */
const wire = ({ role, content, calls, call }: ChatMessage) => ({
  role,
  content,
  ...(calls
    ? {
        tool_calls: calls.map(({ id, name, arguments: args }) => ({
          id,
          type: "function",
          function: { name, arguments: JSON.stringify(args) },
        })),
      }
    : {}),
  ...(call ? { tool_call_id: call } : {}),
});

describe.each(["full", "compact"] as const)("the %s view", (view) => {
  it("a model that writes what the planner's run says in this view is shown the very same, and gives the same answer", async () => {
    const faulty = () => faultyPool(pool, { key: "with faults", rate: 0.2 });
    const recorded = await ask(() => planner(), { name: "planner" }, faulty());
    expect(recorded.termination).toBe("answered");
    expect(recorded.state.steps.some((step) => step.returned.some((r) => r.fault))).toBe(true);
    const { messages, tools } = chatOf(recorded.state, pool.tools, view);
    const turns = messages.flatMap((message, i) => (message.role === "assistant" ? [i] : []));
    const requests: CompletionRequest[] = [];
    const model: PolicyFactory = (settings, definitions) =>
      llm(settings, definitions, async (request) => {
        requests.push(request);
        const message = wire(messages[turns[requests.length - 1]!]!);
        return { message, finishReason: "stop", promptTokens: 1, completionTokens: 1 };
      });
    const played = await ask(model, { name: "llm", view }, faulty());
    expect(requests).toHaveLength(turns.length);
    for (const [n, request] of requests.entries()) {
      expect(request.messages).toEqual(messages.slice(0, turns[n]).map(wire));
      expect(request.tools).toEqual(tools);
    }
    expect(played.termination).toBe("answered");
    expect(played.answer.toLowerCase()).toBe(recorded.answer.toLowerCase());
    expect(played.citations.map((c) => c.passage)).toEqual(recorded.citations.map((c) => c.passage));
  });
});

const entity = (n: number, name: string) => ({ id: `GENE:${n}`, name, category: "Gene" });
const found = {
  entities: [entity(1, "FBN1"), entity(2, "FBN1 relative")],
  outcomes: [{ source: "kg", outcome: "found" }],
};

describe("handles", () => {
  it("are written for ids and names, and mean them when they are read", () => {
    const view = viewOf("compact", QUESTION);
    expect(view.show(found)).toBe("@e1 FBN1 (Gene)\n@e2 FBN1 relative (Gene)");
    const args = { id: "GENE:2", query: `${QUESTION} FBN1 relative or FBN1`, predicates: ["causes"], limit: 3 };
    expect(view.hide(args)).toEqual({ id: "@e2", query: "@q @e2 or @e1", predicates: ["causes"], limit: 3 });
    expect(view.resolve(view.hide(args))).toEqual(args);
  });

  it("that were not given stay what they are", () => {
    const view = viewOf("compact", QUESTION);
    expect(view.resolve({ id: "@e7", query: "@e7 and user@q.org" })).toEqual({
      id: "@e7",
      query: "@e7 and user@q.org",
    });
  });

  it("are given to what is shown and to nothing else: lists end, and say so", () => {
    const view = viewOf("compact", QUESTION);
    const many = { entities: Array.from({ length: 40 }, (_, n) => entity(n, `gene ${n}`)), outcomes: [] };
    expect(view.show(many)).toContain("… 28 more");
    expect(view.hide({ id: "GENE:39" })).toEqual({ id: "GENE:39" });
  });

  it("name a failure, an empty answer and a source that is not well, each for itself", () => {
    const view = viewOf("compact", QUESTION);
    const error = { reason: "timeout", message: "no result within 60 s", recovery: "try again", retryable: true };
    expect(view.show({ error })).toMatch(/^failed: no result/);
    expect(view.show({ entities: [], outcomes: [{ source: "kg", outcome: "empty" }] })).toBe("nothing found");
    expect(view.show({ entities: [], outcomes: [{ source: "kg", outcome: "degraded", message: "old" }] })).toBe(
      "kg degraded: old",
    );
    expect(view.show({ content: [{ type: "text", text: '{"entities":[{"id"' }] })).toMatch(/^unreadable/);
  });

  it("stand in the question, which is said once more whenever one of its names has got one", () => {
    const view = viewOf("compact", "Which drug that was approved in 1989 treats the disease behind FBN1?");
    const card = {
      id: "DIS:1",
      name: "Marfan syndrome",
      category: "Disease",
      attributes: { described: 1896, country: "X" },
    };
    const gene = { entities: [entity(1, "FBN1")], outcomes: [{ source: "kg", outcome: "found" }] };
    expect(view.show(gene)).toMatch(/@q: Which drug that was approved in 1989 treats the disease behind @e1\?$/);
    expect(view.show(gene)).not.toContain("@q");
    // Of what is known of a thing, what the question speaks of; all of it on its card.
    expect(view.show({ entities: [card], outcomes: [] })).toBe("@e2 Marfan syndrome (Disease) described=1896");
    expect(view.show({ entity: card, outcomes: [] })).toBe("@e2 Marfan syndrome (Disease) described=1896 country=X");
  });

  it("stand in a passage, of which only the words that prove the relation are shown", () => {
    const view = viewOf("compact", QUESTION);
    view.show(found);
    const passage = {
      id: "D#0-60",
      document: "D",
      start: 0,
      end: 60,
      text: "A title. Variants of FBN1 do harm. The end.",
    };
    const relation = {
      id: "R:1",
      subject: "GENE:1",
      predicate: "causes",
      object: "DIS:1",
      subjectName: "FBN1",
      objectName: "harm",
      evidence: [
        {
          document: "D",
          quote: "Variants of FBN1 do harm.",
          knowledgeLevel: "knowledge_assertion",
          agent: "manual_agent",
        },
      ],
    };
    expect(view.show({ relations: [relation], passages: [passage], outcomes: [] })).toContain(
      "@p1 @d1: Variants of @e1 do @e3.",
    );
    expect(view.show({ passages: [{ ...passage, id: "D#0-61" }], outcomes: [] })).toContain(
      "@p2 @d1: A title. Variants",
    );
  });

  it("a retracted document says so each time", () => {
    const view = viewOf("compact", QUESTION);
    const result = { documents: [{ id: "PMID:1", title: "A trial", integrity: "retracted" }], outcomes: [] };
    expect(view.show(result)).toContain("RETRACTED");
    expect(view.show(result)).toContain("RETRACTED");
  });
});

it("guidance is a message of its own to the model, in the log beside the question, and in no exported chat", async () => {
  const requests: CompletionRequest[] = [];
  const model: PolicyFactory = (settings, definitions) =>
    llm(settings, definitions, async (request) => {
      requests.push(request);
      const args = JSON.stringify({ answer: "I do not know", abstained: true, citations: [] });
      const call = { id: "1", type: "function", function: { name: "submit_answer", arguments: args } };
      const message = { role: "assistant", content: null, tool_calls: [call] };
      return { message, finishReason: "stop", promptTokens: 1, completionTokens: 1 };
    });
  const guidance = [{ subject: "[entity 1]", predicate: "zz_guides", object: "[entity 2]" }];
  const { state } = await runSession({
    home,
    pool,
    policy: model,
    question: QUESTION,
    settings: { name: "llm" },
    knowledge: "starter",
    version: "test",
    guidance,
  });
  const [system, guide, user] = requests[0]!.messages;
  expect([system!.role, guide!.role, user!.role]).toEqual(["system", "system", "user"]);
  expect(guide!["content"]).toContain("zz_guides");
  expect(JSON.stringify([system, user])).not.toContain("zz_guides");
  expect(state.guidance).toEqual(guidance);
  expect(JSON.stringify(chatOf(state, pool.tools))).not.toContain("zz_guides");
  expect(outcomeOf(state).question).toBe(QUESTION);
});
