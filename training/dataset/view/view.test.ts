import { expect, it } from "vitest";
import type { SftRow } from "../../../schemas/index.ts";
import { rowsPage, rowText } from "./index.ts";

const call = (name: string, args: Record<string, unknown>) => ({
  id: "1",
  type: "function" as const,
  function: { name, arguments: args },
});
const ROW: SftRow = {
  id: "q/0/guided/x",
  messages: [
    { role: "system", content: "Be careful." },
    { role: "user", content: "Which gene?" },
    { role: "assistant", content: "A mistake.", tool_calls: [call("find", { query: 1 })], train: false },
    { role: "tool", content: "no \u{1b}[31m<b>result</b>", tool_call_id: "1" },
    { role: "assistant", content: "Now right.", tool_calls: [call("submit_answer", { answer: "FBN1" })] },
  ],
  tools: [],
  specialty: "genetics",
  split: "train",
  provenance: { session: "s", question: "q", seed: "OMIM:1", arm: "guided", version: "1" },
  corruption: { timeout: 2 },
  meta: {},
};

it("in the terminal, + is learned and - is the assistant's without loss; colours say the same", () => {
  const text = rowText(ROW, 3, { colours: false });
  expect(text).toContain("row 3: q/0/guided/x · train · genetics · guided");
  expect(text).toContain("2 × timeout");
  expect(text).toContain('+ → submit_answer {"answer":"FBN1"}');
  expect(text).toContain("- A mistake.");
  expect(text).toContain("\n  Which gene?");
  expect(text).not.toContain("\u{1b}");
  const coloured = rowText(ROW, 3, { colours: true });
  expect(coloured).toContain("\u{1b}[32mNow right.");
  expect(coloured).toContain("\u{1b}[33mA mistake.");
  expect(coloured).not.toContain("\u{1b}[31m");
});

it("as a page, it needs nothing else and runs nothing of what a document says", () => {
  const page = rowsPage([{ row: ROW, number: 1 }], 7);
  expect(page).toContain('<div class="masked"><b>assistant</b>A mistake.');
  expect(page).toContain('<div class="learned"><b>assistant</b>Now right.');
  expect(page).toContain("1 of 7 rows");
  expect(page).not.toContain("<b>result</b>");
  expect(page).not.toMatch(/<script|https?:|src=|@import/);
});
