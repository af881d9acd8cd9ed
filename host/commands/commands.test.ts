import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CommanderError } from "commander";
import { afterEach, expect, test, vi } from "vitest";
import { listSessions } from "../recording/sessions.ts";
import { NOBODY } from "../testing/gate.ts";
import { modelServer } from "../testing/model-server.ts";
import { testParts } from "../testing/parts.ts";
import { temporaryHome } from "../testing/run.ts";
import { askCommand } from "./ask.ts";
import { sessionsCommand } from "./sessions.ts";

const QUESTION = "Which gene is mutated in Marfan syndrome?";

afterEach(() => vi.unstubAllEnvs());

interface Ran {
  code: number | null;
  out: string;
  err: string;
}

/** Runs `ask` or `sessions` over the test servers; a Ctrl-C is sent once stderr says `stopAt`. */
function run(home: string, args: string[], env: object = {}, stopAt?: string): Promise<Ran> {
  const file = fileURLToPath(new URL("../testing/ask-cli.ts", import.meta.url));
  const { NO_COLOR: _, FORCE_COLOR: __, ...inherited } = process.env;
  const child = spawn(process.execPath, [file, ...args], {
    env: { ...inherited, MEDRESEARCHER_HOME: home, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ran = { out: "", err: "" };
  let stopped = false;
  child.stdout.setEncoding("utf8").on("data", (part: string) => (ran.out += part));
  child.stderr.setEncoding("utf8").on("data", (part: string) => {
    ran.err += part;
    if (!stopped && stopAt && ran.err.includes(stopAt)) stopped = child.kill("SIGINT");
  });
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, ...ran })));
}

test("ask shows its steps on stderr and the answer with its source on stdout, without colours where there is no terminal", async () => {
  const home = temporaryHome();
  const { code, out, err } = await run(home, ["ask", ...QUESTION.split(" ")]);
  expect(code).toBe(0);
  expect(out).toContain("FBN1 [1].");
  expect(out).toContain("[1] Marfan syndrome · Test notes 2024");
  expect(out).toContain("“variants of FBN1”");
  expect(err).toMatch(/graph · find query "marfan"\n.*2 documents.* \([\d.]+ m?s\)/);
  const [session] = listSessions(home);
  expect(err).toContain(`medresearcher sessions show ${session!.id}`);
  expect(out + err).not.toContain("\u001B[");
});

test("ask --json prints one JSON value; list, show and replay read the session", async () => {
  const home = temporaryHome();
  const asked = await run(home, ["ask", "--json", "--quiet", QUESTION]);
  const value = JSON.parse(asked.out) as { session: string };
  expect(asked.err).toBe("");
  expect(value).toMatchObject({
    question: QUESTION,
    answer: "FBN1 [1].",
    abstained: false,
    termination: "answered",
    citations: [{ n: 1, document: "NOTE:marfan" }],
    usage: { steps: 2, toolCalls: 2 },
  });
  const [listed, shown, replayed, plain] = await Promise.all([
    run(home, ["sessions", "list", "--json"]),
    run(home, ["sessions", "show", value.session, "--json"]),
    run(home, ["sessions", "replay", "latest"]),
    run(home, ["sessions", "show", "latest"], { FORCE_COLOR: "1" }),
  ]);
  expect(JSON.parse(listed.out)).toMatchObject([{ id: value.session, question: QUESTION, termination: "answered" }]);
  expect((JSON.parse(shown.out) as { type: string }[]).map((e) => e.type)).toContain("answer.checked");
  expect(replayed).toMatchObject({ code: 0, out: expect.stringContaining("come out the same") });
  expect(plain.out).toContain("\u001B[");
});

test("Ctrl-C ends the session in order; resumed, it ends as if nothing had happened", async () => {
  const home = temporaryHome();
  const stopped = await run(home, ["ask", "--json", QUESTION], { TEST_ENDING_CALLS: "0" }, "2  wait");
  expect(stopped.code).toBe(1);
  expect(JSON.parse(stopped.out)).toMatchObject({ termination: "aborted", abstained: true });
  expect(stopped.err).toContain("ask --resume");
  const resumed = await run(home, ["ask", "--json", "--resume", "latest"]);
  expect(resumed.err).not.toContain("warning");
  expect(JSON.parse(resumed.out)).toMatchObject({ termination: "answered", usage: { steps: 2, toolCalls: 2 } });
  expect(await run(home, ["sessions", "replay", "latest"])).toMatchObject({ code: 0 });
});

test.each<[string, string[], string]>([
  ["no question", ["ask"], "question is empty"],
  ["a question of blanks", ["ask", "  "], "question is empty"],
  ["100 kB", ["ask", "gene ".repeat(20_000)], "the limit is"],
  ["control characters", ["ask", "gene \u0001\u0002"], "control characters"],
  ["what was not UTF-8", ["ask", "gene \uFFFD"], "not text"],
  ["no word", ["ask", "?? 12"], "no word"],
  ["an unknown flag", ["ask", "--nonsense", "gene"], "unknown option"],
  ["a budget that is none", ["ask", "--max-steps", "0", "gene"], "above 0"],
  ["an unknown policy", ["ask", "--policy", "oracle", "gene"], "Allowed choices"],
  ["a model that is not named", ["ask", "--policy", "llm", "gene"], "--model"],
  ["an unknown knowledge", ["ask", "--knowledge", "none", "gene"], "no knowledge called none"],
  ["a missing servers file", ["ask", "--servers", "/none.json", "gene"], "--servers"],
  ["an unknown session", ["ask", "--resume", "none"], "no session none"],
  ["resuming with another policy", ["ask", "--resume", "latest", "--policy", "planner"], "keeps its policy"],
  ["showing an unknown session", ["sessions", "show", "../.."], "no session"],
])("%s is a usage error that says what is wrong", async (_, [name, ...args], message) => {
  vi.stubEnv("MEDRESEARCHER_HOME", temporaryHome());
  for (const unset of ["OPENAI_API_KEY", "OPENAI_BASE_URL", "MEDRESEARCHER_MODEL"]) vi.stubEnv(unset, undefined);
  const command = name === "ask" ? askCommand(testParts) : sessionsCommand(testParts);
  let err = "";
  for (const part of [command, ...command.commands]) {
    part.exitOverride().configureOutput({ writeErr: (text) => (err += text) });
  }
  await expect(command.parseAsync(args, { from: "user" })).rejects.toThrow(CommanderError);
  expect(err).toContain(message);
});

test("an unreachable model or server is named and ends with exit code 1", async () => {
  const home = temporaryHome();
  const server = await modelServer([{ status: 401 }]);
  const model = await run(home, ["ask", "--json", "--base-url", server.url, "--model", "m", QUESTION]);
  await server.close();
  expect(model.code).toBe(1);
  expect(JSON.parse(model.out)).toMatchObject({ termination: "infrastructure_error", abstained: true });
  const file = join(home, "servers.json");
  writeFileSync(file, JSON.stringify({ mcpServers: { graph: { url: `${NOBODY}/mcp` } } }));
  const gone = await run(home, ["ask", "--json", "--servers", file, QUESTION]);
  expect(gone.code).toBe(1);
  expect(JSON.parse(gone.out)).toMatchObject({
    termination: "infrastructure_error",
    message: expect.stringContaining("graph"),
  });
});
