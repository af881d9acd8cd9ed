/** `train sft`: supervised training of a small agent from random weights, on whatever this machine has. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import type { Event } from "../trl/run-python.ts";

interface Options {
  data: string;
  out: string;
  preset: string;
  steps?: number;
  epochs?: number;
  seed: number;
  threads?: number;
  resume?: boolean;
  json?: boolean;
}

export function trainSftCommand(): Command {
  return new Command("sft")
    .description(
      "Trains an agent on the rows of `train dataset sft`. Stopped or killed, the same command goes on from the last checkpoint.",
    )
    .requiredOption("--data <path>", "rows (JSONL), or the folder that holds them; the train split is used")
    .requiredOption("--out <folder>", "weights, tokenizer, log, loss curve and manifest")
    .addOption(
      new Option("--preset <size>", "tiny (tests, seconds) or small (two cores, minutes)")
        .choices(["tiny", "small"])
        .default("small"),
    )
    .addOption(
      new Option("--steps <n>", "optimizer steps (else the preset's); 0 saves the random weights").argParser(
        wholeNumber,
      ),
    )
    .addOption(new Option("--epochs <n>", "passes over the rows").argParser(positive).conflicts("steps"))
    .option("--seed <n>", "of weights and order", wholeNumber, 0)
    .option("--threads <n>", "CPU threads (default: all cores)", wholeNumber)
    .option("--resume", "fail where there is nothing to go on with")
    .option("--json", "print one JSON value: the manifest")
    .action(async (options: Options) => {
      process.exitCode = await train(options);
    });
}

async function train({ data, out, resume, json, ...rest }: Options): Promise<number> {
  if (resume && !existsSync(join(out, "training.json"))) {
    process.stderr.write(`error: --resume: ${out} holds no training run\n`);
    return 1;
  }
  const settings = Object.entries(rest).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const { runPython } = await import("../trl/run-python.ts");
  return runPython("train", ["--data", resolve(data), "--out", resolve(out), "--attached", ...settings], (event) => {
    const line = describe(event, out);
    if (line) process.stderr.write(`${line}\n`);
    if (event.event !== "done") return;
    const { event: _, already: _already, ...manifest } = event;
    process.stdout.write(json ? `${JSON.stringify(manifest, null, 2)}\n` : `${out}\n`);
  });
}

function describe(event: Event, out: string): string | undefined {
  const number = (name: string) => Number(event[name]);
  const count = (name: string) => number(name).toLocaleString("en-US");
  switch (event.event) {
    case "waiting":
      return `another process trains in ${out}; waiting for it to stop`;
    case "start": {
      const left = number("tooLong") > 0 ? ` (${count("tooLong")} longer than the context are left out)` : "";
      return `${count("rows")} rows${left} · ${count("parameters")} parameters · vocabulary ${count("vocabulary")} · ${count("steps")} steps`;
    }
    case "resumed":
      return `goes on after step ${count("step")}`;
    case "progress": {
      const left = number("secondsLeft");
      const time = left < 90 ? `${left} s` : `${Math.round(left / 60)} min`;
      const share = (number("accuracy") * 100).toFixed(1);
      return `step ${count("step")}/${count("steps")} · loss ${number("loss").toFixed(3)} · ${share} % of tokens right · ${count("tokensPerSecond")} tokens/s · ${time} left`;
    }
    case "validated": {
      const percent = (name: string) => `${(number(name) * 100).toFixed(0)} %`;
      return `step ${count("step")} · on rows it is not trained on: ${percent("turnAccuracy")} of turns, ${percent("answerAccuracy")} of answers right`;
    }
    case "stopped":
      return `stopped at step ${count("step")} of ${count("steps")}; the same command goes on from there`;
    case "done":
      return event["already"] ? `${out} is trained already` : `trained in ${count("seconds")} s`;
    default:
      return undefined;
  }
}

function positive(text: string): number {
  const value = text.trim() ? Number(text) : Number.NaN;
  if (!Number.isFinite(value) || value <= 0) throw new InvalidArgumentError("Give a number above 0.");
  return value;
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("Give a whole number from 0.");
  return Number(text);
}
