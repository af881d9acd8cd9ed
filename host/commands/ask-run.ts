/** What `ask` does once its flags are read: servers, policy, session, view. */
import type { Budget, SessionEvent } from "../../schemas/index.ts";
import { loadPolicy } from "../policies/index.ts";
import { hostHome } from "../recording/home.ts";
import { readSession } from "../recording/sessions.ts";
import { resumeSession, runSession } from "../session.ts";
import type { Outcome, PolicySettings, RunOptions, SessionStarted } from "../session.ts";
import { stopOnSignals } from "../stop-on-signals.ts";
import { openPool } from "../tools/pool.ts";
import { inProcess, readServersFile } from "../tools/specs.ts";
import type { ServerFactoryLike, ServerSpec } from "../tools/specs.ts";
import { unreachedSources } from "../unreached.ts";
import { answerLines, styleFor, endLines, eventLines } from "../view/terminal.ts";
import type { AskFlags } from "./ask.ts";
import type { HostParts } from "./parts.ts";

type Usage = (message: string) => never;

/** Runs or resumes a session; the exit code: 0 answered or abstained, 1 anything else. */
export async function ask(
  question: string | undefined,
  flags: AskFlags,
  parts: HostParts,
  usage: Usage,
): Promise<number> {
  const home = hostHome();
  const recorded =
    flags.resume === undefined ? undefined : (readSession(home, flags.resume).events[0] as SessionStarted);
  const settings = recorded?.policy ?? policySettings(flags, usage);
  const specs = configured(flags, usage);
  if (flags.maxCost !== undefined && !settings.prices) {
    warn("--max-cost counts only what the endpoint itself tells of its cost; --prices gives it otherwise");
  }
  const knowledge = recorded?.knowledge ?? (await knowledgeOf(flags, parts, usage));
  // Nothing outside knows of a made-up world: asking would cost time, and tell others its questions.
  if (knowledge.startsWith("gym:")) process.env["MEDRESEARCHER_OFFLINE"] = "1";
  const factories = await parts.openServers({ knowledge });
  const stop = stopOnSignals();
  const pool = await openPool(withConfigured(factories, specs), { signal: stop.signal });
  try {
    let folder = "";
    const options: RunOptions = {
      home,
      pool,
      policy: await (parts.loadPolicy ?? loadPolicy)(settings),
      signal: stop.signal,
      begun: (_, at) => (folder = at),
      ...(flags.quiet ? {} : { observe: live }),
    };
    const outcome = recorded
      ? await resumeSession({ ...options, session: flags.resume!, warn })
      : await runSession({
          ...options,
          question: question!,
          settings,
          knowledge,
          budget: budgetOf(flags),
          version: parts.version,
        });
    print(outcome, folder, flags);
    return ["answered", "abstained"].includes(outcome.termination) ? 0 : 1;
  } finally {
    stop.release();
    await pool.close();
    await Promise.allSettled(factories.map((factory) => factory.close()));
  }
}

function policySettings(flags: AskFlags, usage: Usage): PolicySettings {
  const { baseUrl, model, temperature, toolFormat, view, prices } = flags;
  const name = flags.policy ?? (baseUrl || model ? "llm" : "planner");
  if (name !== "llm") return { name };
  const chosen = model ?? process.env["MEDRESEARCHER_MODEL"];
  if (!chosen) return usage("--policy llm needs a model: give --model NAME or set MEDRESEARCHER_MODEL");
  const at = baseUrl ?? process.env["OPENAI_BASE_URL"];
  if (!at && !process.env["OPENAI_API_KEY"]) {
    usage("--policy llm needs an endpoint: give --base-url URL, or set OPENAI_BASE_URL or OPENAI_API_KEY");
  }
  return {
    name,
    model: chosen,
    ...(at ? { baseUrl: at } : {}),
    ...(temperature === undefined ? {} : { temperature }),
    ...(toolFormat ? { toolFormat } : {}),
    ...(view ? { view } : {}),
    ...(prices ? { prices } : {}),
  };
}

function budgetOf(flags: AskFlags): Partial<Budget> {
  const { maxSteps, maxToolCalls, maxTokens, maxSeconds, maxCost } = flags;
  const given = { steps: maxSteps, toolCalls: maxToolCalls, tokens: maxTokens, seconds: maxSeconds, cost: maxCost };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

async function knowledgeOf({ knowledge }: AskFlags, parts: HostParts, usage: Usage): Promise<string> {
  try {
    return await parts.knowledgeName(knowledge);
  } catch (error) {
    if (knowledge === undefined) throw error;
    return usage((error as Error).message);
  }
}

function configured({ servers }: AskFlags, usage: Usage): ServerSpec[] {
  if (servers === undefined) return [];
  try {
    return readServersFile(servers);
  } catch (error) {
    return usage(`--servers: ${(error as Error).message}`);
  }
}

/** A configured server takes the place of the one of its name; others stand beside. */
function withConfigured(factories: readonly ServerFactoryLike[], specs: readonly ServerSpec[]): ServerSpec[] {
  const names = new Set(specs.map((spec) => spec.name));
  return [...inProcess(factories.filter(({ name }) => !names.has(name))), ...specs];
}

function live(event: SessionEvent, state: Outcome["state"]): void {
  const lines = eventLines(event, state, styleFor(process.stderr));
  if (lines.length > 0) process.stderr.write(`${lines.join("\n")}\n`);
}

function warn(message: string): void {
  process.stderr.write(`warning: ${message}\n`);
}

function print(outcome: Outcome, folder: string, flags: AskFlags): void {
  const { question, answer, abstained, termination, message, session, usage } = outcome;
  if (flags.json) {
    const citations = outcome.citations.map((citation) => {
      const page = outcome.state.passages.get(citation.passage)?.page;
      return page ? { ...citation, page } : citation;
    });
    // Sources that never answered: what they hold was not looked at.
    const unreached = unreachedSources(outcome.state);
    const value = { question, answer, abstained, termination, message, citations, unreached, session, usage };
    process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
  } else {
    if (!flags.quiet) process.stderr.write("\n");
    process.stdout.write(`${answerLines(outcome, styleFor(process.stdout)).join("\n")}\n`);
  }
  if (!flags.quiet) process.stderr.write(`${endLines(outcome, folder, styleFor(process.stderr)).join("\n")}\n`);
  if (termination === "aborted") process.stderr.write(`go on with: medresearcher ask --resume ${session}\n`);
}
