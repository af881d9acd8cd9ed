import { describe, expect, it } from "vitest";
import type { ReturnedCall } from "../../state.ts";
import type { Ask, Conclusion } from "./coroutine.ts";
import { documentIn, whatItSays } from "./named-document.ts";

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
    ["What is NCT01245062 about?", "NCT01245062", "What is about?"],
    ["What does PMID 123456 say about dose?", "PMID 123456", "What does say about dose?"],
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

describe("a question of what a document is about", () => {
  it("is answered by how it begins", () => {
    const id = "NCT:NCT00000001";
    const passage = (start: number, text: string) => ({
      id: `${id}#${start}-${start + text.length}`,
      document: id,
      start,
      end: start + text.length,
      text,
    });
    const title = "A trial of zelpamab";
    const result = {
      document: id,
      documents: [{ id, title }],
      passages: [passage(0, title), passage(22, "Zelpamab is given for vornitis. It is new.")],
      relations: [],
      outcomes: [{ source: "local", outcome: "found" }],
      notes: [],
      length: 70,
      outline: [],
    };
    const plan = whatItSays(documentIn("What is NCT00000001 about?")!, "home");
    const { calls } = plan.next().value as Ask;
    const returned: ReturnedCall = { call: { id: "1.1", ...calls[0]! }, isError: false, result, ms: 1 };
    const { answer } = plan.next([returned]).value as Conclusion;
    expect(answer).toMatchObject({ answer: `${title}: “Zelpamab is given for vornitis.” [1]`, abstained: false });
  });
});
