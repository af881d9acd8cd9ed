/** Option values that several `eval` commands take. */
import { InvalidArgumentError, type Command } from "commander";
import { BENCHMARKS } from "../benchmarks/index.ts";
import type { JudgeSettings } from "../judge/index.ts";
import { BadRun, readManifest, type Manifest } from "../run/manifest.ts";
import type { Mode } from "../scorers/index.ts";

export interface JudgeFlags {
  judgeModel?: string;
  judgeBaseUrl?: string;
  judgePrices?: [number, number];
}

export function withJudgeOptions(command: Command): Command {
  return command
    .option("--judge-model <name>", "the judge's model, for benchmarks that have one")
    .option("--judge-base-url <url>", "its OpenAI-compatible endpoint (else OPENAI_BASE_URL)", address)
    .option("--judge-prices <in,out>", "US dollars per million tokens of the judge", prices);
}

export function judgeSettings({ judgeModel, judgeBaseUrl, judgePrices }: JudgeFlags): JudgeSettings | undefined {
  if (!judgeModel) return undefined;
  const baseUrl = judgeBaseUrl ?? process.env["OPENAI_BASE_URL"];
  return { model: judgeModel, ...(baseUrl ? { baseUrl } : {}), ...(judgePrices ? { prices: judgePrices } : {}) };
}

export const NAMES = BENCHMARKS.map(({ name }) => name).join(", ");

export function mode(text: string): Mode {
  if (text !== "official" && text !== "robust") throw new InvalidArgumentError("Give official or robust.");
  return text;
}

export function positive(text: string): number {
  const value = text.trim() ? Number(text) : Number.NaN;
  if (!Number.isFinite(value) || value <= 0) throw new InvalidArgumentError("Give a number above 0.");
  return value;
}

export function positiveInteger(text: string): number {
  const value = positive(text);
  if (!Number.isSafeInteger(value)) throw new InvalidArgumentError("Give a whole number above 0.");
  return value;
}

export function fromZero(text: string): number {
  const value = text.trim() ? Number(text) : Number.NaN;
  if (!Number.isFinite(value) || value < 0) throw new InvalidArgumentError("Give a number from 0.");
  return value;
}

export function prices(text: string): [number, number] {
  const [input, output, ...rest] = text.split(",").map(fromZero);
  if (input === undefined || output === undefined || rest.length > 0)
    throw new InvalidArgumentError("Give two numbers, such as 0.15,0.6.");
  return [input, output];
}

export function address(text: string): string {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) throw new InvalidArgumentError("Give an http(s) address.");
  return text;
}

/** The manifest of a run folder that the user named. */
export function manifestOf(run: string, usage: (message: string) => never): Manifest {
  try {
    return readManifest(run) ?? usage(`${run} holds no run: give the --out of \`eval run\``);
  } catch (error) {
    if (error instanceof BadRun) return usage(error.message);
    throw error;
  }
}
