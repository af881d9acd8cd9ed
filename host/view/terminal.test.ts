import { expect, test } from "vitest";
import { fold } from "../state.ts";
import { abstain, call, runScript } from "../testing/run.ts";
import type { Decision } from "../policy.ts";
import { eventLines, styleFor } from "./terminal.ts";

const plain = styleFor({ isTTY: false, columns: 100 });

async function view(decision: Decision): Promise<string[]> {
  const lines: string[] = [];
  // Every reading of this clock is 21 ms after the one before.
  let ms = 0;
  const clock = { now: () => Date.UTC(2026, 0, 1), tick: () => (ms += 21) };
  await runScript([decision, abstain()], {
    clock,
    observe: (event, state) => lines.push(...eventLines(event, state, plain)),
  });
  return lines;
}

test("a step: what was thought, which tool with what, what it found and how long it took", async () => {
  const lines = await view(call("find"));
  const at = lines.indexOf(" 1  use find");
  expect(lines[at + 1]).toBe('    graph · find query "marfan"');
  expect(lines[at + 2]).toMatch(/^ {6}2 documents: Marfan syndrome, A retracted paper · 2 passages: .*\(21 ms\)$/);
});

test("of many calls of one tool the first are shown and the others counted; failures are always shown", async () => {
  const calls = ["find", "find", "find", "find", "fail", "find"].map((tool) => ({
    server: "graph",
    tool,
    arguments: { query: "x" },
  }));
  const lines = await view({ kind: "act", thought: "look", calls });
  expect(lines.filter((line) => line.includes("2 documents"))).toHaveLength(3);
  expect(lines.filter((line) => line.includes("… 2 more such calls"))).toHaveLength(1);
  expect(lines.filter((line) => line.includes("not_found"))).toHaveLength(1);
});

test("what stands outside of steps is shown too: servers that are missing, a resume, a rejected answer", () => {
  const base = { v: 1 as const, seq: 0, at: "2026-01-01T00:00:00.000Z" };
  const state = fold([]);
  const checked = { ...base, type: "answer.checked" as const, step: 1, ok: false, problems: ["it cites nothing"] };
  expect(eventLines(checked, state, plain).join()).toContain("it cites nothing");
  const resumed = { ...base, type: "annotation" as const, author: "host", label: "resumed" };
  expect(eventLines(resumed, state, plain).join()).toContain("resumed");
});
