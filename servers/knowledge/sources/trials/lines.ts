/** Modules of a study as lines of text; what is not given leaves no line. */
import type { Section } from "../../../../schemas/index.ts";

/** The API's texts are Markdown, in which `>` and brackets are escaped. */
const ESCAPED = /\\([\\[\]<>*_~#`+\-.!(){}|=^])/g;

/** None where no line holds anything. */
export function section(label: string, lines: readonly string[]): Section[] {
  const body = lines
    .map((line) => line.replaceAll(ESCAPED, "$1").trim())
    .filter(Boolean)
    .join("\n");
  return body ? [{ label, text: body }] : [];
}

export function said(label: string, value: string, more = ""): string {
  return value ? `${label}: ${value}${bracketed(more)}` : "";
}

export function bracketed(value: string): string {
  return value ? ` (${value})` : "";
}

/** Sentences after one another. */
export function joined(...parts: string[]): string {
  return parts
    .map((part) => part.trim())
    .filter(Boolean)
    .join(". ")
    .replaceAll("..", ".");
}
