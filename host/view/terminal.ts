/** A session as people read it in a terminal: each step as it happens, then the answer with its sources. Plain without colours. */
import pc from "picocolors";
import type { Citation, SessionEvent } from "../../schemas/index.ts";
import type { Outcome } from "../session.ts";
import type { State } from "../state.ts";
import { clip, shortArguments, shortResult } from "./summary.ts";

export type Colors = ReturnType<typeof pc.createColors>;

/** Colours on a terminal that wants them (`NO_COLOR`, `FORCE_COLOR`, `TERM=dumb` are heeded). */
export function colorsFor(stream: { isTTY?: boolean }, env: NodeJS.ProcessEnv = process.env): Colors {
  if (env["NO_COLOR"]) return pc.createColors(false);
  if (env["FORCE_COLOR"] && env["FORCE_COLOR"] !== "0") return pc.createColors(true);
  return pc.createColors(stream.isTTY === true && env["TERM"] !== "dumb");
}

/** The lines that an event adds to the view; none for what people need not see. `state` is that after the event. */
export function eventLines(event: SessionEvent, state: State, c: Colors): string[] {
  switch (event.type) {
    case "session.started": {
      const gone = event.unavailable.map((u) => c.yellow(`  ! ${u.server} cannot be reached: ${clip(u.message, 120)}`));
      return ["", c.bold(event.question), c.dim(`${event.policy.name} · knowledge ${event.knowledge}`), ...gone, ""];
    }
    case "thought":
      return event.text ? [`${c.cyan(String(event.step).padStart(2))}  ${clip(event.text, 400)}`] : [];
    case "model.called":
      return event.finishReason === "error" ? [c.red(`    the model: ${clip(errorOf(event.message), 160)}`)] : [];
    case "tool.returned":
      return returnedLines(event, state, c);
    case "hypothesis.changed":
      return event.status === "open"
        ? []
        : [`    ${mark(event.status, c)} ${clip(event.statement, 160)} ${c.dim(event.status)}`];
    case "answer.checked":
      return event.ok ? [] : event.problems.map((problem) => c.yellow(`    ! ${clip(problem, 200)}`));
    case "annotation":
      return [c.dim(`    -- ${event.author}: ${event.label}${event.note ? ` (${clip(event.note, 120)})` : ""}`)];
    default:
      return [];
  }
}

function returnedLines(event: Extract<SessionEvent, { type: "tool.returned" }>, state: State, c: Colors): string[] {
  const returned = state.steps.find((s) => s.step === event.step)?.returned.find((r) => r.call.id === event.call);
  if (!returned) return [];
  const { server, tool, arguments: args } = returned.call;
  const found = shortResult(returned.result, returned.isError);
  return [
    `    ${c.dim(`${server} ·`)} ${c.blue(tool)} ${c.dim(shortArguments(args))}`,
    `      ${returned.isError ? c.red(found) : found} ${c.dim(duration(event.ms))}`,
  ];
}

/** The answer with numbered citations: document, who says it and when, the quote, the passage. */
export function answerLines({ answer, citations, state, abstained }: Outcome, c: Colors): string[] {
  const lines = [abstained ? c.yellow(answer) : c.bold(answer)];
  for (const citation of citations.toSorted((a, b) => a.n - b.n)) lines.push("", ...citationLines(citation, state, c));
  return lines;
}

function citationLines({ n, document, passage, quote }: Citation, state: State, c: Colors): string[] {
  const hit = state.documents.get(document);
  const who = [hit?.publisher ?? hit?.journal, hit?.published?.slice(0, 4)].filter(Boolean).join(" ");
  const integrity = hit?.integrity && hit.integrity !== "ok" ? c.red(` [${hit.integrity}]`) : "";
  return [
    `${c.cyan(`[${n}]`)} ${hit?.title ?? document}${who ? ` · ${who}` : ""}${integrity}`,
    `    “${clip(quote, 300)}”`,
    c.dim(`    ${passage}`),
  ];
}

/** How it ended, where it was recorded, and how to look at it. */
export function endLines({ termination, message, usage, session }: Outcome, folder: string, c: Colors): string[] {
  const { steps, toolCalls, promptTokens, completionTokens, seconds, cost } = usage;
  const tokens = promptTokens + completionTokens;
  const figures = [
    count(steps, "step"),
    count(toolCalls, "tool call"),
    ...(tokens > 0 ? [count(tokens, "token")] : []),
    ...(cost === undefined ? [] : [`$${cost.toFixed(4)}`]),
    duration(seconds * 1000),
  ];
  const good = termination === "answered";
  return [
    "",
    `${good ? c.green(termination) : c.yellow(termination.replaceAll("_", " "))} ${c.dim(`· ${figures.join(" · ")}`)}`,
    ...(message && !good ? [c.yellow(clip(message, 500))] : []),
    c.dim(`recorded in ${folder}`),
    c.dim(
      `look at it: medresearcher sessions show ${session} · run it again: medresearcher sessions replay ${session}`,
    ),
  ];
}

function mark(status: "supported" | "refuted" | "verified" | "open", c: Colors): string {
  return status === "refuted" ? c.red("✗") : c.green(status === "verified" ? "✓✓" : "✓");
}

function errorOf(message: unknown): string {
  const error = (message as { error?: unknown } | null)?.error;
  return typeof error === "string" ? error : "failed";
}

function count(n: number, what: string): string {
  return `${n.toLocaleString("en")} ${what}${n === 1 ? "" : "s"}`;
}

function duration(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
