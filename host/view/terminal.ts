/** A session as people read it in a terminal: each step as it happens, then the answer with its sources. Plain without colours. */
import pc from "picocolors";
import type { Citation, SessionEvent, ToolCall } from "../../schemas/index.ts";
import type { Outcome } from "../session.ts";
import type { State } from "../state.ts";
import { unreachedSources } from "../unreached.ts";
import { clip, printable, shortArguments, shortResult } from "./summary.ts";

type Colors = ReturnType<typeof pc.createColors>;

/** How a stream is written to: its colours, and the width of its lines. */
export interface Style {
  c: Colors;
  width: number;
}

/** Colours on a terminal that wants them (`NO_COLOR`, `FORCE_COLOR`, `TERM=dumb` are heeded), lines that fit into it. */
export function styleFor(stream: { isTTY?: boolean; columns?: number }): Style {
  return { c: colorsFor(stream, process.env), width: Math.min(160, Math.max(60, stream.columns ?? 120)) };
}

function colorsFor(stream: { isTTY?: boolean }, env: NodeJS.ProcessEnv): Colors {
  if (env["NO_COLOR"]) return pc.createColors(false);
  if (env["FORCE_COLOR"] && env["FORCE_COLOR"] !== "0") return pc.createColors(true);
  return pc.createColors(stream.isTTY === true && env["TERM"] !== "dumb");
}

/** The lines that an event adds to the view; none for what people need not see. `state` is that after the event. */
export function eventLines(event: SessionEvent, state: State, style: Style): string[] {
  const { c } = style;
  switch (event.type) {
    case "session.started": {
      const gone = event.unavailable.map((u) => c.yellow(`  ! ${u.server} cannot be reached: ${clip(u.message, 120)}`));
      return [
        "",
        c.bold(printable(event.question)),
        c.dim(`${event.policy.name} · knowledge ${event.knowledge}`),
        ...gone,
        "",
      ];
    }
    case "thought":
      return event.text ? [`${c.cyan(String(event.step).padStart(2))}  ${clip(event.text, 400)}`] : [];
    case "model.called":
      return event.finishReason === "error" ? [c.red(`    the model: ${clip(errorOf(event.message), 160)}`)] : [];
    case "tool.returned":
      return returnedLines(event, state, style);
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

/** Of many calls of one tool in a step these are shown, and the others counted. */
const SHOWN_CALLS = 3;

function returnedLines(
  event: Extract<SessionEvent, { type: "tool.returned" }>,
  state: State,
  { c, width }: Style,
): string[] {
  const step = state.steps.find((s) => s.step === event.step);
  const returned = step?.returned.find((r) => r.call.id === event.call);
  if (!step || !returned) return [];
  const { server, tool, arguments: args } = returned.call;
  const alike = (call: ToolCall) => call.server === server && call.tool === tool;
  const before = step.returned.filter((r) => alike(r.call)).indexOf(returned);
  const waiting = state.pending.filter(alike).length;
  const name = `    ${c.dim(`${server} ·`)} ${c.blue(tool)}`;
  if (before >= SHOWN_CALLS && before + waiting > SHOWN_CALLS && !returned.isError) {
    return waiting === 0 ? [`${name} ${c.dim(`… ${before + 1 - SHOWN_CALLS} more such calls`)}`] : [];
  }
  const time = `(${duration(event.ms)})`;
  const found = shortResult(returned.result, returned.isError, width - time.length - 8);
  return [
    `${name} ${c.dim(shortArguments(args, Math.max(20, width - server.length - tool.length - 10)))}`,
    `      ${returned.isError ? c.red(found) : found} ${c.dim(time)}`,
  ];
}

/** The answer with numbered citations: document, who says it and when, on which page, the quote, the passage. */
export function answerLines({ answer, citations, state, abstained }: Outcome, { c }: Style): string[] {
  const lines = [(abstained ? c.yellow : c.bold)(printable(answer))];
  for (const citation of citations.toSorted((a, b) => a.n - b.n)) lines.push("", ...citationLines(citation, state, c));
  return lines;
}

function citationLines({ n, document, passage, quote }: Citation, state: State, c: Colors): string[] {
  const hit = state.documents.get(document);
  const who = [hit?.publisher ?? hit?.journal, hit?.published?.slice(0, 4)].filter(Boolean).join(" ");
  const page = state.passages.get(passage)?.page;
  const integrity = hit?.integrity && hit.integrity !== "ok" ? c.red(` [${hit.integrity}]`) : "";
  return [
    `${c.cyan(`[${n}]`)} ${clip([hit?.title ?? document, who, page ? `page ${page}` : ""].filter(Boolean).join(" · "), 300)}${integrity}`,
    `    “${clip(quote, 300)}”`,
    c.dim(`    ${printable(passage)}`),
  ];
}

/** How it ended, where it was recorded, and how to look at it. */
export function endLines(outcome: Outcome, folder: string, { c }: Style): string[] {
  const { termination, message, usage, session, state } = outcome;
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
  const unreached = unreachedSources(state).map(({ source }) => source);
  return [
    "",
    `${good ? c.green(termination) : c.yellow(termination.replaceAll("_", " "))} ${c.dim(`· ${figures.join(" · ")}`)}`,
    ...(message && !good ? [c.yellow(clip(message, 500))] : []),
    ...(unreached.length > 0 ? [c.yellow(clip(`could not be asked: ${unreached.join(", ")}`, 500))] : []),
    c.dim(`recorded in ${folder}`),
    c.dim(`look at it: ${program()} sessions show ${session} · run it again: ${program()} sessions replay ${session}`),
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

/** What to type: a package that npm runs is not on the PATH of the shell. */
function program(): string {
  return process.env["npm_command"] ? "npx medresearcher" : "medresearcher";
}
