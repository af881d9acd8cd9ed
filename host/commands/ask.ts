/** `ask`: a question, its research live on stderr, its checked answer on stdout. */
import { Command, InvalidArgumentError, Option } from "commander";
import { POLICY_NAMES } from "../policies/index.ts";
import { BadQuestion, readQuestion } from "../question.ts";
import { NoSuchSession } from "../recording/sessions.ts";
import { SHOWCASE_QUESTION } from "../showcase.ts";
import type { HostParts } from "./parts.ts";

export interface AskFlags {
  showcase?: boolean;
  resume?: string;
  policy?: (typeof POLICY_NAMES)[number];
  baseUrl?: string;
  model?: string;
  temperature?: number;
  toolFormat?: "native" | "hermes";
  view?: "full" | "compact";
  prices?: [number, number];
  knowledge?: string;
  servers?: string;
  maxSteps?: number;
  maxToolCalls?: number;
  maxTokens?: number;
  maxSeconds?: number;
  maxCost?: number;
  json?: boolean;
  quiet?: boolean;
}

export function askCommand(parts: HostParts): Command {
  return new Command("ask")
    .description("answer a medical question with citations to stored passages; the session is recorded")
    .argument("[question...]", "the question, in plain English")
    .option("--showcase", "ask the showcase question")
    .option("--resume <session>", "go on with a session that was killed or stopped (`latest` for the newest)")
    .addOption(
      new Option("--policy <name>", "who decides the steps (planner needs no model)").choices([...POLICY_NAMES]),
    )
    .option("--base-url <url>", "an OpenAI-compatible endpoint for --policy llm (else OPENAI_BASE_URL)", address)
    .option("--model <name>", "the model's name there (else MEDRESEARCHER_MODEL)")
    .option("--temperature <number>", "sampling temperature", parseFrom(0))
    .addOption(
      new Option("--tool-format <format>", "how the model is given tools: its endpoint's own way, or as text").choices([
        "native",
        "hermes",
      ]),
    )
    .addOption(
      new Option(
        "--view <name>",
        "how results are shown to the model: whole, or short for one with little context",
      ).choices(["full", "compact"]),
    )
    .option("--prices <in,out>", "US dollars per million tokens, for --max-cost where the endpoint tells none", prices)
    .option(
      "--knowledge <name>",
      "which knowledge: starter, home, gym:SEED (default: home if there is one, else starter)",
    )
    .option("--servers <file>", "more MCP servers, or other places for the five: {mcpServers: {NAME: {command|url}}}")
    .option("--max-steps <n>", "turns in which tools are called", positiveInteger)
    .option("--max-tool-calls <n>", "tool calls", positiveInteger)
    .option("--max-tokens <n>", "tokens of the model, in and out", positiveInteger)
    .option("--max-seconds <n>", "time", positive)
    .option("--max-cost <dollars>", "US dollars, where the model's prices are known", positive)
    .option("--json", "print one JSON value {question, answer, abstained, termination, citations, session, usage}")
    .option("--quiet", "no progress on stderr")
    .action(async (words: string[], flags: AskFlags, command: Command) => {
      const usage = (message: string): never => command.error(`error: ${message}`, { exitCode: 2 });
      const question = questionOf(words, flags, usage);
      const { ask } = await import("./ask-run.ts");
      try {
        process.exitCode = await ask(question, flags, parts, usage);
      } catch (error) {
        if (error instanceof NoSuchSession) usage(error.message);
        throw error;
      }
    });
}

/** What a session has from its beginning to its end. */
const FIXED = [
  "policy",
  "baseUrl",
  "model",
  "temperature",
  "toolFormat",
  "view",
  "prices",
  "knowledge",
  "maxSteps",
  "maxToolCalls",
  "maxTokens",
  "maxSeconds",
  "maxCost",
] as const;

function questionOf(words: string[], flags: AskFlags, usage: (message: string) => never): string | undefined {
  const given = words.join(" ");
  if (flags.resume !== undefined) {
    if (words.length > 0 || flags.showcase) usage("a resumed session has its question already");
    const fixed = FIXED.filter((name) => flags[name] !== undefined);
    if (fixed.length > 0)
      usage(`a resumed session keeps its policy, knowledge and budget: leave out ${fixed.join(", ")}`);
    return undefined;
  }
  if (flags.showcase && words.length > 0) usage("--showcase has its own question");
  try {
    return readQuestion(flags.showcase ? SHOWCASE_QUESTION : given);
  } catch (error) {
    if (error instanceof BadQuestion) return usage(error.message);
    throw error;
  }
}

function positiveInteger(text: string): number {
  const value = positive(text);
  if (!Number.isSafeInteger(value)) throw new InvalidArgumentError("Give a whole number above 0.");
  return value;
}

function positive(text: string): number {
  const value = parseFrom(0)(text);
  if (value === 0) throw new InvalidArgumentError("Give a number above 0.");
  return value;
}

function parseFrom(lowest: number): (text: string) => number {
  return (text) => {
    const value = text.trim() ? Number(text) : Number.NaN;
    if (!Number.isFinite(value) || value < lowest) throw new InvalidArgumentError(`Give a number from ${lowest}.`);
    return value;
  };
}

function prices(text: string): [number, number] {
  const [input, output, ...rest] = text.split(",").map(parseFrom(0));
  if (input === undefined || output === undefined || rest.length > 0) {
    throw new InvalidArgumentError("Give two numbers, such as 0.15,0.6.");
  }
  return [input, output];
}

function address(text: string): string {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) throw new InvalidArgumentError("Give an http(s) address.");
  return text;
}
