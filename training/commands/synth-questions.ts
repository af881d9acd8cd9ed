/** `synth questions`: progress to stderr, the summary to stdout, Ctrl-C stops between questions and the next run goes on. */
import { Command, InvalidArgumentError } from "commander";
import type { QuestionsResult } from "../synthesis/questions/index.ts";

interface Options {
  knowledge: string;
  count: number;
  out: string;
  seed: number;
  hops: readonly [number, number];
  plain?: boolean;
  rejections?: string;
  json?: boolean;
}

export function questionsCommand(): Command {
  return new Command("questions")
    .description("Makes questions with proofs from a knowledge folder; an interrupted run goes on in the same file.")
    .requiredOption("--knowledge <name>", "starter, home or gym:SEED[:SIZE]")
    .requiredOption("--count <n>", "how many questions", wholeNumber)
    .requiredOption("--out <file>", "JSONL file to write")
    .option("--seed <n>", "the same number gives the same questions", wholeNumber, 1)
    .option("--hops <min-max>", "lengths of the chains, within 3-8", hopRange, [3, 8] as const)
    .option("--plain", "chains alone, from a named thing to the answer, without clues beside them")
    .option("--rejections <file>", "also write the attempts that came to nothing, with their reasons")
    .option("--json", "print one JSON value")
    .action(async (options: Options) => {
      process.exitCode = await run(options);
    });
}

/** @returns the exit code: 0 all written, 1 fewer than asked for, or stopped */
async function run({ knowledge: name, count, out, seed, hops, plain, rejections, json }: Options): Promise<number> {
  const { openKnowledge } = await import("../../servers/knowledge/index.ts");
  const { makeQuestions } = await import("../synthesis/questions/index.ts");
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
  const knowledge = openKnowledge(name);
  try {
    const result = await makeQuestions({
      knowledge,
      count,
      out,
      seed,
      hops,
      ...(plain ? { plain } : {}),
      ...(rejections === undefined ? {} : { rejections }),
      signal: stop.signal,
      onProgress: (state) =>
        process.stderr.write(
          `${state.count} of ${count} questions, ${state.attempts} attempts (${state.seconds.toFixed(0)} s)\n`,
        ),
    });
    process.stdout.write(json ? `${JSON.stringify(result, null, 2)}\n` : text(result));
    if (result.aborted) process.stderr.write("stopped; the same command goes on from here\n");
    else if (!result.finished) process.stderr.write(`error: ${whyFewer(result)}\n`);
    return result.finished ? 0 : 1;
  } finally {
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
    knowledge.close();
  }
}

function whyFewer({ knowledge, written, requested, attempts, rejections }: QuestionsResult): string {
  if (attempts === 0) return `${knowledge} holds no disease with relations, so there is nowhere to begin a chain`;
  const found =
    written === 0 ? `${knowledge} gave no question` : `${knowledge} has ${written} of the ${requested} questions`;
  return `${found} (${attempts} attempts; came to nothing: ${reasonList(rejections)})`;
}

function reasonList(rejections: QuestionsResult["rejections"]): string {
  return Object.entries(rejections)
    .toSorted(([, a], [, b]) => b - a)
    .map(([reason, n]) => `${reason} ${n}`)
    .join(", ");
}

function text(r: QuestionsResult): string {
  const { min, mean, max } = r.hops;
  const specialties = Object.entries(r.specialties).map(([s, n]) => `${s} ${n}`);
  return [
    `${r.written} questions in ${r.out}${r.resumedAt ? ` (${r.resumedAt} from before)` : ""}, ${r.perSecond.toFixed(0)} a second`,
    `hops ${min}–${max}, mean ${mean.toFixed(2)}; chains proven longest: ${(100 * r.optimalShare).toFixed(1)} %`,
    `specialties: ${specialties.join(", ") || "none"}${r.absent.length > 0 ? `; none in this knowledge: ${r.absent.join(", ")}` : ""}`,
    `attempts ${r.attempts}; came to nothing: ${reasonList(r.rejections) || "none"}`,
    `check them: medresearcher synth verify ${r.out}`,
    "",
  ].join("\n");
}

function wholeNumber(value: string): number {
  const number = Number(value);
  if (!/^\d+$/.test(value) || !Number.isSafeInteger(number))
    throw new InvalidArgumentError("a whole number is needed.");
  return number;
}

function hopRange(value: string): readonly [number, number] {
  const [, from, to] = /^([3-8])(?:-([3-8]))?$/.exec(value) ?? [];
  const range = [Number(from), Number(to ?? from)] as const;
  if (!from || range[1] < range[0]) throw new InvalidArgumentError("give a range within 3-8, such as 3-5.");
  return range;
}
