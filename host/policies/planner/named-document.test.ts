import { describe, expect, it } from "vitest";
import { documentIn } from "./named-document.ts";

describe("the document that a question names", () => {
  it.each([
    ["What does /papers/report.pdf say about sotalol?", "/papers/report.pdf", "What does say about sotalol?"],
    [
      'What does "/my papers/final report.docx" say about QT?',
      "/my papers/final report.docx",
      "What does say about QT?",
    ],
    ["What does report-2.pdf say about dose?", "./report-2.pdf", "What does say about dose?"],
    ["Summarise ~/x/a.b.pdf.", "~/x/a.b.pdf", "Summarise ."],
    [
      "According to https://example.org/a/b?x=1, is it safe?",
      "https://example.org/a/b?x=1",
      "According to is it safe?",
    ],
    ["What does PMID:123456 conclude?", "PMID:123456", "What does conclude?"],
    ["What does C:\\files\\a.pdf say?", "C:\\files\\a.pdf", "What does say?"],
  ])("%s", (question, source, rest) => {
    const named = documentIn(question)!;
    expect(named.source).toBe(source);
    expect(named.rest).toBe(rest);
  });

  it.each([
    "What does the Entresto label say about pregnancy?",
    "Which drug acts on TNF and/or IL-6?",
    "Is 2.5 mg/day enough?",
    "IL-2 e.g. in renal cancer?",
  ])("is none in: %s", (question) => expect(documentIn(question)).toBeUndefined());
});
