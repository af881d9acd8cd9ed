/** `reason --text`: a plain case report to its findings, a differential with reasons, what to ask next, and the limits. */
import { readFileSync } from "node:fs";
import type { Contribution, Diagnosis, Finding } from "../../schemas/index.ts";
import { ClinicalEngine, differentialOfText, type TextDifferential } from "../clinical-reasoning/index.ts";
import { openKnowledge } from "../knowledge/index.ts";

interface TextOptions {
  /** A path, or "-" for standard input. */
  file: string;
  top: number;
  json: boolean;
  knowledge?: string | undefined;
}

/** @returns the exit code. @throws ToolError where the text holds no finding of the patient */
export function reasonFromText({ file, top, json, knowledge }: TextOptions): number {
  const text = readFileSync(file === "-" ? 0 : file, "utf8");
  const engine = new ClinicalEngine(openKnowledge(knowledge));
  try {
    const result = differentialOfText(engine, text, top);
    process.stdout.write(json ? `${JSON.stringify(result, null, 2)}\n` : forPeople(result));
    return 0;
  } finally {
    engine.close();
  }
}

function forPeople({ findings, age, sex, candidates, diagnoses, suggestions, notes }: TextDifferential): string {
  const own = findings.filter((f) => !f.family && !f.general);
  const context = [age && `age ${age}`, sex].filter(Boolean).join(", ");
  return [
    "Findings",
    ...lines(own.filter((f) => !f.negated).map(named)),
    ...lines(own.filter((f) => f.negated).map((f) => `not: ${named(f)}`)),
    ...lines(findings.filter((f) => f.family && !f.general).map((f) => `of a relative, not used: ${named(f)}`)),
    ...lines(context ? [context] : []),
    "",
    `Most likely of ${candidates.toLocaleString("en")} diseases`,
    ...diagnoses.flatMap(diagnosis),
    "",
    ...(suggestions.length > 0 ? ["Ask or look next for", ...suggestions.flatMap(question), ""] : []),
    "Limits",
    ...lines(notes),
    "",
  ].join("\n");
}

function lines(texts: readonly string[]): string[] {
  return texts.map((text) => `  ${text}`);
}

function named({ label, id, text }: Finding): string {
  return `${label} (${id})${text && text.toLowerCase() !== label.toLowerCase() ? ` “${text}”` : ""}`;
}

function diagnosis({ name, disease, posterior, interval, contributions }: Diagnosis, i: number): string[] {
  const weighty = contributions.filter((c) => Math.abs(c.logLikelihoodRatio) > 0.1);
  const range = interval ? ` (90% interval ${percent(interval[0])}–${percent(interval[1])})` : "";
  return [
    `  ${String(i + 1).padStart(2)}. ${name} (${disease})  ${percent(posterior)}${range}`,
    ...weighty.filter((c) => c.logLikelihoodRatio > 0).map((c) => `        for      ${reason(c)}`),
    ...weighty.filter((c) => c.logLikelihoodRatio < 0).map((c) => `        against  ${reason(c)}`),
  ];
}

function question({ label, effort, says }: TextDifferential["suggestions"][number]): string[] {
  return [`  ${label} (${effort})`, `        ${says}`];
}

function reason({ label, kind, logLikelihoodRatio, source }: Contribution): string {
  const factor = Math.exp(Math.abs(logLikelihoodRatio));
  const shown = factor >= 1000 ? factor.toExponential(0) : factor.toPrecision(2);
  const absent = kind === "excluded" ? " absent" : "";
  return `${label}${absent}  odds ${logLikelihoodRatio < 0 ? "÷" : "×"}${shown}${source ? `  ${source}` : ""}`;
}

function percent(p: number): string {
  return p > 0 && p < 0.001 ? "<0.1%" : `${Number((100 * p).toPrecision(2))}%`;
}
