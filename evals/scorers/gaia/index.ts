/** GAIA answers, scored officially (the answer as it is) or robustly (the short answer is taken out of it first). */
import { finalAnswer } from "../final-answer.ts";
import { type Mode, type Score, right, wrong } from "../verdict.ts";
import { gaiaOfficial } from "./official.ts";

export function scoreGaia(answer: string | null, gold: string, mode: Mode = "official"): Score {
  const given = mode === "robust" && answer !== null ? finalAnswer(answer) : answer;
  return gaiaOfficial(given, gold) ? right(`${mode} rules: equal`) : wrong(`${mode} rules: not equal`);
}
