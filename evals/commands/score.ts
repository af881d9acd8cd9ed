/** `eval score`: answers against golds, without running anything. */
import { readFileSync } from "node:fs";
import { Command } from "commander";
import { z } from "zod";
import { findBenchmark } from "../benchmarks/index.ts";
import { judge, judgeEndpoint, type AskJudge } from "../judge/index.ts";
import { matchesXbench, scoreByRule, type Family, type Mode, type Score } from "../scorers/index.ts";
import { judgeSettings, mode, NAMES, withJudgeOptions, type JudgeFlags } from "./options.ts";

const Pair = z.object({
  id: z.union([z.string(), z.number()]),
  gold: z.string(),
  answer: z.string().nullable(),
  aliases: z.array(z.string()).optional(),
  /** MedBrowseComp's task name. */
  group: z.string().optional(),
  /** Asked for by a judge. */
  question: z.string().optional(),
  /** A judge's reply as it was received: read again instead of asking. */
  judge: z.string().optional(),
});
type Pair = z.infer<typeof Pair>;

interface ScoreFlags extends JudgeFlags {
  benchmark: string;
  mode: Mode;
  pairs: string;
}

export function scoreCommand(): Command {
  const command = new Command("score")
    .description("score answers: {id, gold, answer} a line in, {id, correct, reason} a line out")
    .requiredOption(
      "--benchmark <name>",
      `whose rules: ${NAMES}, or a family's name (medbrowsecomp, xbench-deepsearch)`,
    )
    .option(
      "--mode <mode>",
      "official: as the benchmark's own code, quirks kept; robust: without them",
      mode,
      "official",
    )
    .requiredOption(
      "--pairs <file>",
      "JSONL; `-` reads stdin. Optional fields: aliases, group, question and judge (a judge's reply)",
    );
  return withJudgeOptions(command).action(async (flags: ScoreFlags, command: Command) => {
    const benchmark = findBenchmark(flags.benchmark, true) ?? unknownBenchmark(flags.benchmark, command);
    const pairs = readPairs(flags.pairs);
    const settings = judgeSettings(flags);
    const ask = settings && judgeEndpoint(settings);
    for (const pair of pairs) {
      const { correct, reason } = await score(benchmark.scorer, flags.mode, pair, ask);
      process.stdout.write(`${JSON.stringify({ id: pair.id, correct, reason })}\n`);
    }
  });
}

function unknownBenchmark(name: string, command: Command): never {
  return command.error(`error: there is no benchmark called ${name}; known: ${NAMES}`, { exitCode: 2 });
}

/** All lines are read before the first is scored: a bad one leaves no half result. */
function readPairs(file: string): Pair[] {
  const text = readFileSync(file === "-" ? 0 : file, "utf8").replace(/^\ufeff/, "");
  return text.split("\n").flatMap((line, i) => {
    if (!line.trim()) return [];
    const read = Pair.safeParse(parsed(line));
    if (read.success) return [read.data];
    const { path, message } = read.error.issues[0]!;
    throw new Error(`${file}, line ${i + 1}: ${path.length > 0 ? `${path.join(".")}: ` : ""}${message}`);
  });
}

async function score(family: Family, mode: Mode, pair: Pair, ask: AskJudge | undefined): Promise<Score> {
  const byRule = scoreByRule(family, mode, pair);
  const judged = family === "xbench" || family === "medbrowsecomp";
  if (!ask || !judged || pair.judge !== undefined) return byRule;
  const answer = pair.answer ?? "";
  if (family === "xbench" && matchesXbench(answer, pair.gold, mode)) return byRule;
  if (pair.question === undefined) return { correct: false, reason: "unscored: a judge needs the question" };
  const { outcome, reason, ...rest } = await judge(
    family,
    ask,
    { question: pair.question, gold: pair.gold, answer },
    mode,
  );
  return "correct" in rest ? { correct: rest.correct, reason } : { correct: false, reason: `${outcome}: ${reason}` };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return "no JSON";
  }
}
