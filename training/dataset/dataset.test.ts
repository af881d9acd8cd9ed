import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { fold, readSession } from "../../host/index.ts";
import type { ChatMessage, ReturnedCall, Step } from "../../host/index.ts";
import { RlRow, SftRow, type QuestionRow, type TrajectoryRow } from "../../schemas/index.ts";
import { readRows } from "../jsonl.ts";
import { collectTo, CONFIGURATION, linesOf, rowsOf, useTemporaryHome, writeRows } from "../testing/collecting.ts";
import { starterQuestions } from "../testing/questions.ts";
import { mentionsAny, unfit } from "./checks.ts";
import { buildRl, buildSft } from "./index.ts";
import type { SftConfiguration } from "./index.ts";
import { unlearned } from "./mask.ts";
import { splitOf } from "./split.ts";
import { REJECTED_FILE } from "./write.ts";

const SFT: SftConfiguration = { seed: 0, validation: 0.05, test: 0.05, view: "full" };
const SPLIT_FILES = ["train.jsonl", "validation.jsonl", "test.jsonl"];

let home: string;
let questions: QuestionRow[];
let files: { trajectories: string; questions: string };
let folders = 0;

beforeAll(async () => {
  home = useTemporaryHome();
  questions = starterQuestions();
  files = { trajectories: join(home, "rows.jsonl"), questions: writeRows(join(home, "questions.jsonl"), questions) };
  await collectTo(files.trajectories, questions, { perQuestion: 8, configuration: { ...CONFIGURATION, faults: 0.2 } });
});

const input = (change = {}) => ({
  ...files,
  out: join(home, `dataset-${folders++}`),
  home,
  version: "test",
  ...change,
});
const sftRows = (out: string) => SPLIT_FILES.flatMap((file) => readRows(join(out, file), SftRow));
const sft = (configuration: Partial<SftConfiguration> = {}, change = {}) => {
  const given = input(change);
  const manifest = buildSft(given, { ...SFT, ...configuration });
  return { out: given.out, manifest, rows: sftRows(given.out) };
};
const reasons = (change: object, configuration = {}) =>
  (sft(configuration, change).manifest["counts"] as { reasons: Record<string, number> }).reasons;

describe.each(["full", "compact"] as const)("rows for supervised training, %s view", (view) => {
  it("are the right and cited trajectories; every other one has its reason", () => {
    const { rows, manifest, out } = sft({ view });
    const rejected = linesOf(join(out, REJECTED_FILE)).map(
      (line) => JSON.parse(line) as { key: string; reason: string },
    );
    const right = rowsOf(files.trajectories).filter(
      (row) => row.correct && row.cited && row.termination === "answered",
    );
    const keys = new Set(right.map((row) => row.key));
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.every((row) => keys.has(row.id))).toBe(true);
    expect(rejected.length + rows.length).toBe(40);
    expect(rejected.filter(({ reason }) => reason === "wrong")).toHaveLength(8);
    expect(new Set(rejected.map(({ reason }) => reason))).toEqual(new Set(["wrong", "duplicate"]));
    expect(manifest["counts"]).toMatchObject({ accepted: rows.length, reasons: { wrong: 8 } });
  });

  it("hold no guidance, and the answer in no prompt, nor anywhere before a tool gave it", () => {
    const { rows } = sft({ view });
    expect(rows.some((row) => row.provenance.arm === "guided")).toBe(true);
    for (const row of rows) {
      const { answer, aliases } = questions.find((q) => q.id === row.provenance.question)!;
      const says = mentionsAny([answer, ...aliases]);
      const told = row.messages.findIndex((m) => m.role === "tool" && says(m.content));
      expect(told).toBeGreaterThan(0);
      for (const message of row.messages.slice(0, told)) expect(says(JSON.stringify(message))).toBe(false);
      const prompts = row.messages.filter((m) => m.role === "system" || m.role === "user");
      expect(prompts.filter((m) => says(m.content))).toEqual([]);
      expect(JSON.stringify(row.messages)).not.toMatch(/\[entity \d|[Gg]uidance/);
    }
  });

  it("are chats as engines take them: arguments are objects, each call has its result, the last word is the answer", () => {
    for (const { messages, tools } of sft({ view }).rows) {
      const names = new Set((tools as { function: { name: string } }[]).map((tool) => tool.function.name));
      const calls = messages.flatMap((m) => m.tool_calls ?? []);
      for (const call of calls) expect(call.function.arguments).toBeTypeOf("object");
      for (const call of calls) expect(names.has(call.function.name)).toBe(true);
      const results = messages.filter((m) => m.role === "tool").map((m) => m.tool_call_id);
      const submit = messages.at(-1)!;
      expect(submit.tool_calls?.[0]?.function.name).toBe("submit_answer");
      expect(results).toEqual(calls.slice(0, -1).map((call) => call.id));
      expect(messages.slice(0, 2).map((m) => m.role)).toEqual(["system", "user"]);
      expect(messages.filter((m) => m.train !== undefined && m.role !== "assistant")).toEqual([]);
    }
  });

  it("are the same bytes again, whatever the order of the input", () => {
    const { out } = sft({ view });
    const shuffled = writeRows(join(home, "shuffled.jsonl"), rowsOf(files.trajectories).toReversed());
    const again = sft({ view }, { trajectories: shuffled });
    for (const file of [...SPLIT_FILES, REJECTED_FILE]) {
      expect(readFileSync(join(again.out, file), "utf8")).toBe(readFileSync(join(out, file), "utf8"));
    }
    const repeated = sft({ view });
    expect(readFileSync(join(repeated.out, "manifest.json"), "utf8")).toBe(
      readFileSync(join(out, "manifest.json"), "utf8"),
    );
  });
});

const turns = (row: SftRow) => row.messages.filter((m) => m.role === "assistant");
const textOf = (row: SftRow) => JSON.stringify(row.messages);

describe("lean rows", () => {
  it("are the shortest way to the same answer: every call but the last shows what something later refers to", () => {
    const whole = new Map(sft({ view: "compact" }).rows.map((row) => [row.id, row]));
    const { rows } = sft({ view: "compact", lean: true });
    const [words, before] = [rows, rows.map((row) => whole.get(row.id)!)].map((all) => all.map(textOf).join("").length);
    expect(words!).toBeLessThan(0.75 * before!);
    for (const row of rows) {
      expect(row.meta).toMatchObject({ view: "compact", lean: true });
      const headline = (r: SftRow) => turns(r).at(-1)!.tool_calls![0]!.function.arguments["answer"] as string;
      expect(headline(row).split(" [")[0]).toBe(headline(whole.get(row.id)!).split(" [")[0]);
      for (const [i, message] of row.messages.entries()) {
        if (message.role !== "assistant" || !message.tool_calls || i === row.messages.length - 1) continue;
        const next = row.messages.findIndex((m, n) => n > i && m.role === "assistant");
        const shown = new Set(row.messages.slice(i, next).flatMap((m) => m.content.match(/@[erpdc]\d+/g) ?? []));
        const later = JSON.stringify(row.messages.slice(next)).match(/@[erpdc]\d+/g) ?? [];
        expect(later.some((handle) => shown.has(handle))).toBe(true);
      }
    }
  });

  it("say nothing of what was left out, and are rows in the full view too", () => {
    const { rows } = sft({ view: "full", lean: true });
    expect(rows.length).toBeGreaterThan(5);
    for (const row of rows) expect(turns(row).at(-1)!.content).not.toMatch(/second source/);
  });
});

describe("the split", () => {
  it("is by seed entity: one entity's rows lie in one file, in its shares, another for another seed", () => {
    const { rows } = sft({ validation: 0.4, test: 0.3 });
    for (const all of Map.groupBy(rows, (row) => row.provenance.seed).values()) {
      expect(new Set(all.map((row) => row.split)).size).toBe(1);
    }
    const entities = Array.from({ length: 5000 }, (_, n) => `GYM:${n}`);
    const count = (seed: number) => Map.groupBy(entities, (e) => splitOf(seed, e, { validation: 0.1, test: 0.2 }));
    expect(count(1).get("test")!.length / 5000).toBeCloseTo(0.2, 1);
    expect(count(1).get("validation")!.length / 5000).toBeCloseTo(0.1, 1);
    expect(count(2).get("test")).not.toEqual(count(1).get("test"));
  });
});

const prompt: ChatMessage[] = [
  { role: "system", content: "Answer." },
  { role: "user", content: "Which gene?" },
];
const say = (content: string, args: Record<string, unknown> = {}): ChatMessage => ({
  role: "assistant",
  content,
  calls: [{ id: "c", name: "find", arguments: args }],
  step: 1,
});
const tool = (content: string): ChatMessage => ({ role: "tool", content, call: "c", step: 1 });

describe("what is left out", () => {
  it("a session that is gone, a question that is not known, a row that is too long", () => {
    const rows = rowsOf(files.trajectories);
    const elsewhere = mkdtempSync(join(tmpdir(), "medresearcher-training-"));
    cpSync(join(home, "sessions"), join(elsewhere, "sessions"), { recursive: true });
    const gone = rows.find((row) => row.correct)!;
    rmSync(join(elsewhere, "sessions", gone.session), { recursive: true });
    const known = writeRows(join(home, "some.jsonl"), questions.slice(0, 2));
    expect(reasons({ home: elsewhere })).toMatchObject({ session_unreadable: 1 });
    expect(reasons({ questions: known })).toMatchObject({ unknown_question: 24 });
    expect(reasons({}, { maxCharacters: 5000 })["too_long"]).toBeGreaterThan(0);
  });

  it("a trajectory that did not answer, or cites nothing that names the answer", () => {
    const [first, second] = rowsOf(files.trajectories).filter((row) => row.correct);
    const changed: TrajectoryRow[] = [
      { ...first!, termination: "abstained" },
      { ...second!, cited: false },
    ];
    const trajectories = writeRows(join(home, "changed.jsonl"), changed);
    expect(sft({}, { trajectories }).manifest["counts"]).toMatchObject({
      accepted: 0,
      reasons: { not_answered: 1, not_cited: 1 },
    });
  });

  it.each([
    ["answer_in_prompt", [prompt[0]!, { role: "user", content: "Is it fbn1?" }, tool("FBN1")]],
    ["answer_before_evidence", [...prompt, say("It must be FBN1."), tool("FBN1"), say("FBN1")]],
    ["answer_not_shown", [...prompt, say("looking"), tool("FBN12"), say("so")]],
    ["unseen_reference", [...prompt, say("", { id: "OMIM:1" }), tool("FBN1")]],
    ["unseen_reference", [...prompt, say("", { query: "@q" }), tool("@e1 FBN1"), say("", { id: "@e2" })]],
    ["unseen_reference", [...prompt, say(""), tool("FBN1"), say("", { answer: "FBN1 [PMID:1#0-9]" })]],
  ] as [string, ChatMessage[]][])("%s", (reason, messages) => {
    expect(unfit(messages, ["FBN1"])).toMatchObject({ reason });
  });

  it("not what is as it should be", () => {
    const messages = [
      ...prompt,
      say("", { query: "a gene" }),
      tool("@e1 FBN1 OMIM:1 [OMIM:1#0-9]"),
      say("@e1", { id: "OMIM:1" }),
    ];
    expect(unfit(messages, ["FBN1"])).toBeUndefined();
  });
});

const call = (id: string, query: string) => ({ id, server: "kg", tool: "find", arguments: { query } });
const returned = (id: string, query: string, rest: Partial<ReturnedCall> = {}): ReturnedCall => ({
  call: call(id, query),
  isError: false,
  result: {},
  ms: 1,
  ...rest,
});
const step = (number: number, ...all: ReturnedCall[]): Step => ({ step: number, thought: "", returned: all });
const failure = (reason: string) => ({ reason, message: "", recovery: "", retryable: false });

describe("turns without loss", () => {
  it("are those that built on a result which was spoiled on purpose, not those that asked again", () => {
    const spoiled = step(1, returned("1.1", "a", { fault: "malformed" }));
    expect(unlearned([spoiled, step(2, returned("2.1", "a")), step(3)])).toEqual(new Set());
    expect(unlearned([spoiled, step(2, returned("2.1", "b")), step(3)])).toEqual(new Set([2]));
    expect(unlearned([step(1, returned("1.1", "a", { fault: "stale" })), step(2)])).toEqual(new Set());
  });

  it("are calls that were wrong in themselves, and answers that did not stand", () => {
    const wrong = step(1, returned("1.1", "a", { isError: true, result: failure("invalid_arguments") }));
    const injected = step(2, returned("2.1", "a", { isError: true, result: failure("timeout"), fault: "timeout" }));
    expect(unlearned([wrong, injected, { ...step(3), problems: ["cites nothing"] }])).toEqual(new Set([1, 3]));
  });

  it("carry train: false in the row, and no other message does", () => {
    const chosen = rowsOf(files.trajectories).find((row) => row.correct && row.faults["malformed"]);
    const rows = sft().rows;
    const masked = rows.filter((row) => row.messages.some((m) => m.train === false));
    for (const row of masked) {
      const state = fold(readSession(home, row.provenance.session).events);
      expect(unlearned(state.steps).size).toBeGreaterThan(0);
    }
    // The planner asks again after a spoiled result, and that is to be learned.
    expect(chosen).toBeDefined();
    expect(masked.map((row) => row.id)).not.toContain(chosen!.key);
  });
});

const rl = (minPass = 0, maxPass = 1) => {
  const given = input();
  buildRl(given, { seed: 0, validation: 0, test: 0, view: "compact", minPass, maxPass });
  return { rows: readRows(join(given.out, "train.jsonl"), RlRow), rejected: linesOf(join(given.out, REJECTED_FILE)) };
};

describe("tasks for reinforcement learning", () => {
  it("are the prompts alone, with the answer beside them", () => {
    const { rows, rejected } = rl();
    expect(rows.map((row) => row.id)).toEqual(questions.map((q) => q.id));
    expect(rejected).toEqual([]);
    expect(rows[0]!.prompt.map((m) => m.role)).toEqual(["system", "user"]);
    expect(rows[0]).toMatchObject({ answer: "Vertex Pharmaceuticals", aliases: ["Vertex"], hops: 2 });
  });

  it("can leave out what is always right or always wrong", () => {
    expect(rl(0.01).rows.map((row) => row.id)).not.toContain("starter-5");
    expect(rl(0, 0.99).rows.map((row) => row.id)).toEqual(["starter-5"]);
  });
});
