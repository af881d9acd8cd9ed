/** `sessions list|show|replay`: what was recorded, and whether it comes out the same again. */
import { Command } from "commander";
import { loadPolicy } from "../policies/index.ts";
import { hostHome } from "../recording/home.ts";
import { listSessions, NoSuchSession, readSession } from "../recording/sessions.ts";
import type { StoredSession } from "../recording/sessions.ts";
import { replaySession } from "../replay.ts";
import { outcomeOf } from "../session.ts";
import { apply, fold } from "../state.ts";
import { answerLines, styleFor, endLines, eventLines } from "../view/terminal.ts";
import { clip } from "../view/summary.ts";
import type { HostParts } from "./parts.ts";

export function sessionsCommand(parts: Pick<HostParts, "loadPolicy"> = {}): Command {
  const sessions = new Command("sessions").description("list, show and replay recorded sessions");
  sessions
    .command("list")
    .description("the recorded sessions, newest first")
    .option("--json", "print [{id, question, termination, startedAt, …}]")
    .option("--limit <n>", "at most so many", (text) => Math.max(1, Number.parseInt(text, 10) || 1))
    .action(list);
  sessions
    .command("show")
    .description("one session: its steps and its answer")
    .argument("<session>", "its id, the beginning of it, or `latest`")
    .option("--json", "print the array of events")
    .action(async (id: string, flags: { json?: boolean }, command: Command) => {
      const stored = found(command, () => readSession(hostHome(), id));
      stored.warnings.forEach(warn);
      await show(stored, flags.json === true);
    });
  sessions
    .command("replay")
    .description("run a session again on its recorded results; exit 0 only if every event comes out the same")
    .argument("<session>", "its id, the beginning of it, or `latest`")
    .option("--json", "print {session, same, events, difference?}")
    .action(async (id: string, flags: { json?: boolean }, command: Command) => {
      const stored = found(command, () => readSession(hostHome(), id));
      await replay(stored.id, flags.json === true, parts);
    });
  return sessions;
}

async function list({ json, limit }: { json?: boolean; limit?: number }): Promise<void> {
  const all = listSessions(hostHome(), warn).slice(0, limit);
  if (json) return print(JSON.stringify(all, null, 2));
  if (all.length === 0) return print("no session is recorded yet: ask something");
  const { c } = styleFor(process.stdout);
  for (const { id, termination, question, answer } of all) {
    const end = (termination ?? "not ended").replaceAll("_", " ").padEnd(12);
    print(`${c.cyan(id)}  ${termination === "answered" ? c.green(end) : c.yellow(end)}  ${clip(question, 90)}`);
    if (answer) print(c.dim(`    ${clip(answer, 120)}`));
  }
}

async function show({ events, folder, id }: StoredSession, json: boolean): Promise<void> {
  if (json) return print(JSON.stringify(events, null, 2));
  const style = styleFor(process.stdout);
  let state = fold([]);
  for (const event of events) {
    state = apply(state, event);
    eventLines(event, state, style).forEach(print);
  }
  if (!state.ended) return print(style.c.yellow(`\nnot ended; go on with: medresearcher ask --resume ${id}`));
  const outcome = outcomeOf(state);
  ["", ...answerLines(outcome, style), ...endLines(outcome, folder, style)].forEach(print);
}

async function replay(session: string, json: boolean, parts: Pick<HostParts, "loadPolicy">): Promise<void> {
  const result = await replaySession({ home: hostHome(), session, policy: parts.loadPolicy ?? loadPolicy });
  result.warnings.forEach(warn);
  const { same, events, difference } = result;
  process.exitCode = same ? 0 : 1;
  if (json) return print(JSON.stringify({ session, same, events, ...(difference ? { difference } : {}) }, null, 2));
  if (!difference) return print(`${session}: all ${events} events come out the same`);
  print(`${session}: the first ${events} events come out the same, event ${difference.seq} does not`);
  print(`recorded: ${around(difference.recorded, difference.made)}`);
  print(`now:      ${around(difference.made, difference.recorded)}`);
}

/** The line from a little before the first place where it differs. */
function around(line: string, other: string): string {
  let at = 0;
  while (at < line.length && line[at] === other[at]) at++;
  const from = Math.max(0, at - 60);
  return `${from > 0 ? "…" : ""}${line.slice(from, at + 200)}${line.length > at + 200 ? "…" : ""}`;
}

function found<T>(command: Command, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof NoSuchSession) return command.error(`error: ${error.message}`, { exitCode: 2 });
    throw error;
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function warn(message: string): void {
  process.stderr.write(`warning: ${message}\n`);
}
