import { afterEach, describe, expect, it } from "vitest";
import { judgeServer, type JudgeServer } from "../testing/judge-server.ts";
import type { Mode } from "../scorers/index.ts";
import { judge, judgeEndpoint } from "./index.ts";

let server: JudgeServer;
afterEach(() => server.close());

const YES = JSON.stringify({ extracted_final_answer: "IMAGINIB", reasoning: "same", correct: "yes" });
const NO = JSON.stringify({ extracted_final_answer: "OTHERINIB", reasoning: "yes, it differs", correct: "no" });

async function judged(
  family: "medbrowsecomp" | "xbench",
  replies: readonly (string | number)[],
  { answer = "imaginib", mode = "robust" }: { answer?: string; mode?: Mode } = {},
) {
  server = await judgeServer(replies);
  const ask = judgeEndpoint({ model: "fake", baseUrl: server.url, pauses: [1, 1], prices: [1, 10] });
  return judge(family, ask, { question: "Which one?", gold: "IMAGINIB", answer }, mode);
}

describe("a verdict is whole JSON of the asked shape", () => {
  it("yes and no, in either mode", async () => {
    expect(await judged("medbrowsecomp", [YES])).toMatchObject({ outcome: "verdict", correct: true, cost: 0.002 });
    expect(server.requests[0]).toMatchObject({ model: "fake", response_format: { type: "json_object" } });
    await server.close();
    expect(await judged("medbrowsecomp", [NO], { mode: "official" })).toMatchObject({
      outcome: "verdict",
      correct: false,
    });
  });

  it.each([
    "yes",
    "Hepatitis A is what was asked for. correct: no",
    "The answer is correct.",
    '{"correct": "yes"}',
    JSON.stringify({ extracted_final_answer: "None", reasoning: "", correct: "yes" }),
    JSON.stringify({ extracted_final_answer: "IMAGINIB", reasoning: "", correct: "yes, no, perhaps" }),
    "",
  ])("%j is none: asked once more, then unscored", async (reply) => {
    expect(await judged("medbrowsecomp", [reply])).toMatchObject({ outcome: "unscored" });
    expect(server.requests).toHaveLength(2);
  });

  it("a second reply that can be read counts", async () => {
    expect(await judged("medbrowsecomp", ["hm", `\`\`\`json\n${YES}\n\`\`\``])).toMatchObject({
      outcome: "verdict",
      correct: true,
    });
  });

  it("the official reading counts an unreadable reply as wrong at once", async () => {
    expect(await judged("medbrowsecomp", ["yes"], { mode: "official" })).toMatchObject({
      outcome: "verdict",
      correct: false,
    });
    expect(server.requests).toHaveLength(1);
  });
});

describe("xBench's judge", () => {
  it("is read with its quirks officially, without them robustly", async () => {
    expect(await judged("xbench", ["最终答案: 甲\n解释: 一致\n结论：正确"], { mode: "official" })).toMatchObject({
      outcome: "verdict",
      correct: false,
    });
    await server.close();
    expect(await judged("xbench", ["最终答案: 甲\n解释: 一致\n结论：正确"])).toMatchObject({
      outcome: "verdict",
      correct: true,
    });
    expect(server.requests[0]!.messages[0]!.content).toMatch(
      /\[原问题\]: Which one\?[\s\S]*\[正确答案\]: IMAGINIB[\s\S]*\[回答\]: imaginib/,
    );
    expect(server.requests[0]!.response_format).toBeUndefined();
  });
});

describe("errors", () => {
  it("a busy endpoint is asked again, a bounded number of times", async () => {
    expect(await judged("medbrowsecomp", [503, 429, YES])).toMatchObject({ outcome: "verdict", correct: true });
    await server.close();
    expect(await judged("medbrowsecomp", [500])).toMatchObject({
      outcome: "error",
      reason: "the judge fake gave no answer (status 500)",
    });
    expect(server.requests).toHaveLength(3);
  });
  it("a refusal is final, and its words, which may quote the prompt, are not told", async () => {
    const said = await judged("medbrowsecomp", [401]);
    expect(said).toMatchObject({ outcome: "error" });
    expect(server.requests).toHaveLength(1);
    expect(JSON.stringify(said)).not.toContain("secret");
  });
});

describe("answers that open every judge", () => {
  it.each([
    ":",
    ".",
    "Thought process:",
    "Let's solve this problem step by step.",
    "Solution",
    "解",
    "最终答案:",
    "",
    "**",
  ])("%j is wrong though the judge says yes to everything", async (answer) => {
    for (const [family, reply] of [
      ["medbrowsecomp", YES],
      ["xbench", "结论: 正确"],
    ] as const) {
      expect(await judged(family, [reply], { answer })).toMatchObject({ outcome: "verdict", correct: false });
      expect(server.requests).toHaveLength(0);
      await server.close();
    }
    server = await judgeServer([""]);
  });
});
