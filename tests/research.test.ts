/** Whole runs over the five servers and the starter: what a user gets on a fresh machine. */
import { readFileSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { listSessions, loadPolicy, readSession, replaySession, type Outcome } from "../host/index.ts";
import { answerLines, styleFor } from "../host/view/terminal.ts";
import { SHOWCASE_QUESTION } from "../host/showcase.ts";
import { documentText, type Document } from "../schemas/index.ts";
import { openKnowledge, type Knowledge } from "../servers/knowledge/index.ts";
import { typeset, type Piece } from "../servers/document-reader/testing/typeset.ts";
import { workplace } from "./workplace.ts";
import { openAsking, type Asking } from "./asking.ts";

const place = workplace();
let asking: Asking;
let knowledge: Knowledge;

beforeAll(async () => {
  knowledge = openKnowledge("starter", place.home);
  asking = await openAsking(place, "starter");
});

afterAll(async () => {
  await asking.close();
  knowledge.close();
  place.remove();
});

const ask = (question: string) => asking.ask(question);

/** Every citation quotes its stored document word for word. */
function expectVerbatim(outcome: Outcome): void {
  expect(outcome.citations.length).toBeGreaterThan(0);
  for (const { n, document, quote } of outcome.citations) {
    expect(outcome.answer).toContain(`[${n}]`);
    expect(documentText(knowledge.documents.get(document) as Document)).toContain(quote);
  }
}

function serversUsed(outcome: Outcome): Set<string> {
  return new Set(outcome.state.steps.flatMap((s) => s.returned.map((r) => r.call.server)));
}

describe("the showcase", () => {
  it("goes from a merger to a drug, its ingredients and how they work, over at least three servers", async () => {
    const outcome = await ask(SHOWCASE_QUESTION);
    expect(outcome.termination).toBe("answered");
    for (const name of [
      "Entresto",
      "sacubitril",
      "valsartan",
      "neprilysin",
      "angiotensin II type 1 receptor",
      "Novartis",
    ]) {
      expect(outcome.answer).toMatch(new RegExp(name, "i"));
    }
    expectVerbatim(outcome);
    expect(serversUsed(outcome).size).toBeGreaterThanOrEqual(3);
    expect([...outcome.state.hypotheses.values()].filter((h) => h.status === "verified").length).toBeGreaterThan(0);
  });
});

describe("chains and intersections", () => {
  it.each([
    ["Which company was formed by the merger of Ciba-Geigy and Sandoz?", [/Novartis/]],
    ["Which drug did the PARADIGM-HF trial compare with Entresto?", [/enalapril/i]],
    ["What does Entresto contain, and who markets it?", [/sacubitril/i, /valsartan/, /Novartis/]],
    ["Who makes Entresto?", [/Novartis/]],
    ["Which drug interacts with metronidazole?", [/warfarin/i]],
    ["Which drug interacts with warfarin?", [/metronidazole/i]],
    ["What are the contraindications of Entresto?", [/angioedema/i]],
    ["Which company markets Entersto?", [/Novartis/, /“Entersto” was read as Entresto/]],
  ])("%s", async (question, expected) => {
    const outcome = await ask(question);
    for (const pattern of expected) expect(outcome.answer).toMatch(pattern);
    expect(outcome.termination).toBe("answered");
    expectVerbatim(outcome);
  });
});

describe("what a document says", () => {
  it("quotes the label on pregnancy", async () => {
    const outcome = await ask("What does the Entresto label say about pregnancy?");
    expect(outcome.answer).toMatch(/fetus/);
    expectVerbatim(outcome);
  });

  it("quotes when a drug was approved", async () => {
    const outcome = await ask("When was Entresto approved?");
    expect(outcome.answer).toMatch(/7 July 2015/);
    expectVerbatim(outcome);
  });
});

describe("what a PDF of this machine says", () => {
  const pieces = ["Methods", "Dose", "Risk"].flatMap((name): Piece[] => [
    { kind: "heading", level: 1, text: name },
    ...Array.from({ length: 24 }, (): Piece => ({
      kind: "paragraph",
      text: "Nothing of note was observed here. ".repeat(4).trim(),
    })),
  ]);
  pieces.push({ kind: "paragraph", text: "Torsade de pointes was seen in 2.5 % of patients who took sotalol [12]." });
  const { bytes, pages } = typeset(pieces, { title: "A report on sotalol", columns: 1 });

  afterEach(() => vi.unstubAllEnvs());

  it("is quoted with its page", async () => {
    const path = join(place.home, "report.pdf");
    writeFileSync(path, bytes);
    vi.stubEnv("MEDRESEARCHER_READ_DIRS", place.home);
    // In quotes: a folder may have a blank in its name.
    const outcome = await ask(`What does "${path}" say about torsade de pointes?`);
    expect(outcome.answer).toContain(
      `“Torsade de pointes was seen in 2.5 % of patients who took sotalol (12).” (page ${pages}) [1]`,
    );
    const [citation] = outcome.citations;
    expect(citation).toMatchObject({
      document: `FILE:${realpathSync(path)}`,
      quote: "Torsade de pointes was seen in 2.5 % of patients who took sotalol [12].",
    });
    expect(outcome.state.passages.get(citation!.passage)!.page).toBe(pages);
    expect(answerLines(outcome, styleFor({})).join("\n")).toContain(`A report on sotalol · page ${pages}`);
  });

  it("is not read where the operator has not allowed it, and the answer says how", async () => {
    vi.stubEnv("MEDRESEARCHER_READ_DIRS", undefined);
    const outcome = await ask(`What does "${join(place.home, "report.pdf")}" say about torsade de pointes?`);
    expect(outcome).toMatchObject({ abstained: true, answer: expect.stringContaining("MEDRESEARCHER_READ_DIRS") });
  });
});

describe("what the knowledge cannot answer", () => {
  it.each([
    ["Which gene is mutated in Foobarosis?", /“Foobarosis”/],
    ["Which company makes the competitor of Entresto?", /“competitor”/],
    ["What does the Entresto label say about bungee jumping?", /bungee/],
    ["Which drug is marketed by the European Society of Cardiology?", /no statement/],
    ["asdf qwer", /“asdf qwer”/],
  ])("%s", async (question, missing) => {
    const outcome = await ask(question);
    expect(outcome.termination).toBe("abstained");
    expect(outcome.abstained).toBe(true);
    expect(outcome.answer).toMatch(missing);
    expect(outcome.citations).toEqual([]);
  });
});

describe("the record", () => {
  it("replays byte for byte", async () => {
    const { session } = await ask("What does Entresto contain?");
    expect(await replaySession({ home: place.home, session, policy: loadPolicy })).toMatchObject({ same: true });
  });

  it("lists what was asked, one event a line", async () => {
    const question = "Who makes Entresto?";
    const { session } = await ask(question);
    expect(listSessions(place.home).find((s) => s.id === session)).toMatchObject({ question, termination: "answered" });
    const lines = readFileSync(join(place.home, "sessions", session, "events.jsonl"), "utf8")
      .trimEnd()
      .split("\n");
    expect(lines.length).toBe(readSession(place.home, session).events.length);
  });
});
