/** `train dataset sft|rl`: recorded trajectories as training rows, with what was left out and why. */
import { Command, InvalidArgumentError } from "commander";
import type { buildRl, buildSft, DatasetInput } from "../dataset/index.ts";

interface Flags {
  trajectories: string;
  questions: string;
  out: string;
  seed: number;
  validation: number;
  test: number;
  compact?: boolean;
  json?: boolean;
}
interface SftFlags extends Flags {
  lean?: boolean;
  maxCharacters?: number;
}
interface RlFlags extends Flags {
  minPass: number;
  maxPass: number;
}

export function trainDatasetCommand(): Command {
  return new Command("dataset")
    .description("training rows out of recorded trajectories")
    .addCommand(sftCommand())
    .addCommand(rlCommand());
}

function sftCommand(): Command {
  return withInput(new Command("sft"))
    .description("conversations to learn from: right, cited, and as the llm policy would have had them")
    .option("--lean", "leave out turns that nothing later refers to: half the words, for small models")
    .option("--max-characters <n>", "leave out longer conversations", whole)
    .action((flags: SftFlags, command: Command) =>
      build(flags, command, (input, { buildSft }) =>
        buildSft(input, {
          seed: flags.seed,
          validation: flags.validation,
          test: flags.test,
          view: flags.compact ? "compact" : "full",
          ...(flags.lean ? { lean: true } : {}),
          ...(flags.maxCharacters === undefined ? {} : { maxCharacters: flags.maxCharacters }),
        }),
      ),
    );
}

function rlCommand(): Command {
  return withInput(new Command("rl"))
    .description("tasks to be rewarded for: the prompt, the answer, its aliases")
    .option("--min-pass <share>", "leave out questions that fewer of their rollouts got right", share, 0)
    .option("--max-pass <share>", "leave out questions that more of their rollouts got right", share, 1)
    .action((flags: RlFlags, command: Command) =>
      build(flags, command, (input, { buildRl }) => {
        const { seed, validation, test, minPass, maxPass } = flags;
        return buildRl(input, { seed, validation, test, minPass, maxPass, view: flags.compact ? "compact" : "full" });
      }),
    );
}

function withInput(command: Command): Command {
  return command
    .requiredOption(
      "--trajectories <file>",
      "rows of `synth trajectories`; their sessions lie under MEDRESEARCHER_HOME",
    )
    .requiredOption("--questions <file>", "the questions that they were collected for")
    .requiredOption("--out <folder>", "train.jsonl, validation.jsonl, test.jsonl, rejected/, manifest.json")
    .option("--seed <n>", "decides the split", whole, 0)
    .option("--validation <share>", "share of seed entities that are kept for validation", share, 0.05)
    .option("--test <share>", "share of seed entities that are kept for the test", share, 0.05)
    .option("--compact", "short results with handles for ids; run the llm policy with --view compact then")
    .option("--json", "print one JSON value: the manifest");
}

interface Builders {
  buildSft: typeof buildSft;
  buildRl: typeof buildRl;
}

async function build(
  flags: Flags,
  command: Command,
  make: (input: DatasetInput, builders: Builders) => Record<string, unknown>,
): Promise<void> {
  const { hostHome } = await import("../../host/index.ts");
  const { VERSION } = await import("../../servers/kit/version.ts");
  const { refuseInput } = await import("./input.ts");
  const builders = await import("../dataset/index.ts");
  const { trajectories, questions, out, json } = flags;
  if (flags.validation + flags.test > 1)
    command.error("error: --validation and --test are more than all", { exitCode: 2 });
  try {
    const manifest = make({ trajectories, questions, out, home: hostHome(), version: VERSION }, builders);
    process.stdout.write(json ? `${JSON.stringify(manifest, null, 2)}\n` : `${summary(manifest, out)}\n`);
    const { accepted } = manifest["counts"] as Counted;
    if (accepted > 0) return;
    process.stderr.write("error: not one trajectory made a row\n");
    process.exitCode = 1;
  } catch (error) {
    refuseInput(error, command);
  }
}

interface Counted {
  accepted: number;
  rejected: number;
  reasons: Record<string, number>;
}

function summary(manifest: Record<string, unknown>, out: string): string {
  const { accepted, rejected, reasons } = manifest["counts"] as Counted;
  const files = Object.entries(manifest["files"] as Record<string, { rows: number }>).filter(
    ([name]) => !name.includes("/"),
  );
  return [
    `${accepted} rows in ${out}: ${files.map(([name, { rows }]) => `${rows} in ${name}`).join(", ")}`,
    ...(rejected > 0
      ? [`${rejected} left out:`, ...Object.entries(reasons).map(([code, n]) => `  ${n} × ${code}`)]
      : []),
  ].join("\n");
}

function share(text: string): number {
  const value = text.trim() ? Number(text) : Number.NaN;
  if (!(value >= 0 && value <= 1)) throw new InvalidArgumentError("Give a number from 0 to 1.");
  return value;
}

function whole(text: string): number {
  if (!/^\d{1,12}$/.test(text)) throw new InvalidArgumentError("Give a whole number from 0.");
  return Number(text);
}
