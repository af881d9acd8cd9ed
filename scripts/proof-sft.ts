/**
 * `npm run proof:sft`: does training make an agent? Gym worlds → questions → the planner's trajectories → rows → a small
 * model from random weights → the host on worlds that training never saw, with the trained model, the untrained one and
 * the planner. Every stage is a command of the product that goes on where it was; so does this script.
 *
 * `--size tiny` runs all of it in about two minutes, to see that it works; its figures mean nothing.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { clock, cli, cliJson } from "./proof/cli.ts";
import { evaluate, percent, type Contender } from "./proof/evaluate.ts";
import { served } from "./proof/served.ts";
import { concatenated, questionFiles } from "./proof/worlds.ts";

interface Size {
  /** Entities of a world. */
  world: number;
  /** Seeds of worlds; those for training and those held out share none. */
  train: { first: number; worlds: number; questions: number };
  heldOut: { first: number; worlds: number; questions: number };
  preset: "tiny" | "small";
  steps: number;
}

const SIZES: Record<string, Size> = {
  small: {
    world: 300,
    train: { first: 2001, worlds: 80, questions: 60 },
    heldOut: { first: 7001, worlds: 10, questions: 12 },
    preset: "small",
    steps: 2400,
  },
  tiny: {
    world: 200,
    train: { first: 2001, worlds: 3, questions: 10 },
    heldOut: { first: 7001, worlds: 2, questions: 3 },
    preset: "tiny",
    steps: 30,
  },
};

/** One family of questions: chains of three relations, with what clues beside them it takes to have one answer. */
const FAMILY = ["--hops", "3-3"];

/** Of each held-out world, how many the untrained model is asked: it takes long to say nothing. */
const UNTRAINED_LIMIT = 6;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      size: { type: "string", default: "small" },
      out: { type: "string" },
      steps: { type: "string" },
    },
  });
  const size = SIZES[values.size];
  if (!size) throw new Error(`--size: one of ${Object.keys(SIZES).join(", ")}`);
  const steps = values.steps === undefined ? size.steps : Number(values.steps);
  const out = values.out ?? join("proof", `sft-${values.size}`);
  mkdirSync(out, { recursive: true });
  // A home of its own: what the proof makes is nobody's data. No network: the same tools for everyone, everywhere.
  process.env["MEDRESEARCHER_HOME"] = join(out, "home");
  process.env["MEDRESEARCHER_OFFLINE"] = "1";

  clock("questions");
  const world = { size: size.world, family: FAMILY, folder: join(out, "questions") };
  const train = await questionFiles({ ...world, ...size.train });
  const heldOut = await questionFiles({ ...world, ...size.heldOut });
  const questions = concatenated(
    train.map(({ file }) => file),
    join(out, "train-questions.jsonl"),
  );

  clock("trajectories of the planner");
  const trajectories = join(out, "trajectories.jsonl");
  await cli("synth", "trajectories", "--questions", questions, "--out", trajectories, "--guided", "0", "--faults", "0");

  clock("training rows");
  const rows = join(out, "rows");
  await cli(
    "train",
    "dataset",
    "sft",
    "--trajectories",
    trajectories,
    "--questions",
    questions,
    "--compact",
    "--lean",
    "--test",
    "0",
    "--out",
    rows,
  );

  clock("training");
  const checkpoints = { trained: join(out, "trained"), untrained: join(out, "untrained") };
  const sft = ["train", "sft", "--data", rows, "--preset", size.preset];
  await cli(...sft, "--steps", "0", "--out", checkpoints.untrained);
  const manifest = await cliJson(...sft, "--steps", String(steps), "--out", checkpoints.trained);

  clock("evaluation on held-out worlds");
  const contenders: Contender[] = [await evaluate("planner", heldOut, out, ["--policy", "planner"])];
  for (const [name, checkpoint] of Object.entries(checkpoints)) {
    await using server = await served(checkpoint);
    const model = ["--policy", "llm", "--view", "compact", "--base-url", server.baseUrl, "--model", name];
    const limit = name === "untrained" ? ["--limit", String(UNTRAINED_LIMIT)] : [];
    contenders.push(await evaluate(name, heldOut, out, [...model, ...limit]));
  }
  writeFileSync(
    join(out, "result.json"),
    `${JSON.stringify({ size: values.size, steps, manifest, contenders }, null, 2)}\n`,
  );
  report(contenders);
  clock("done");
}

/** The claim: at least half of the planner's success, and clearly above the untrained model. */
function report(contenders: readonly Contender[]): void {
  for (const { name, k, n, interval } of contenders) {
    console.log(
      `${name.padEnd(10)} ${k}/${n} = ${percent(k / n)} (95 %: ${percent(interval.low)}–${percent(interval.high)})`,
    );
  }
  const [planner, trained, untrained] = ["planner", "trained", "untrained"].map((name) =>
    contenders.find((c) => c.name === name)!,
  );
  const half = trained!.k / trained!.n >= planner!.k / planner!.n / 2;
  const above = trained!.interval.low > untrained!.interval.high;
  console.log(
    `at least half of the planner: ${half ? "yes" : "no"} · clearly above the untrained model: ${above ? "yes" : "no"}`,
  );
}

await main();
