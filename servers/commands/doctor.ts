/** `medresearcher doctor`: what is there, what is configured, what does not work, and what to do about it. */
import { Command } from "commander";
import type { KnowledgeStatus } from "./data-status.ts";
import { failed, type Finding } from "./doctor/finding.ts";
import type { StoreFacts } from "./doctor/store.ts";

interface Report {
  /** False where something that is configured does not work. */
  ok: boolean;
  version: string;
  home: string;
  store: StoreFacts;
  findings: Finding[];
}

export function doctorCommand(): Command {
  return new Command("doctor")
    .description(
      "Says which store is in use, what knowledge there is and what is configured; exit 1 where something does not work.",
    )
    .option("--live", "ask the configured servers and the live sources, too")
    .option("--json", "print one JSON value")
    .action(async (options: { live?: boolean; json?: boolean }) => {
      const report = await examine(options.live ?? false);
      process.stdout.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : text(report));
      process.exitCode = report.ok ? 0 : 1;
    });
}

async function examine(live: boolean): Promise<Report> {
  const [{ VERSION }, { dataHome }, { knowledgeStatus }] = await Promise.all([
    import("../kit/version.ts"),
    import("../kit/home.ts"),
    import("./data-status.ts"),
  ]);
  const [{ checkMachine }, { checkStore }, { checkKnowledge }, { checkEndpoints }] = await Promise.all([
    import("./doctor/machine.ts"),
    import("./doctor/store.ts"),
    import("./doctor/knowledge.ts"),
    import("./doctor/endpoints.ts"),
  ]);
  const unreadable: Finding[] = [];
  const status = await knowledgeStatus().catch((error: unknown): KnowledgeStatus => {
    unreadable.push(failed("knowledge", error));
    return { home: dataHome(), default: "starter", knowledge: [] };
  });
  const [{ store, findings }, endpoints] = await Promise.all([checkStore(status), checkEndpoints(live)]);
  const all = [...checkMachine(dataHome()), ...unreadable, ...findings, ...checkKnowledge(status), ...endpoints];
  return {
    ok: all.every(({ state }) => state !== "problem"),
    version: VERSION,
    home: dataHome(),
    store,
    findings: all,
  };
}

const SIGNS = { ok: "✓", note: "·", problem: "✗" };

function text({ version, findings }: Report): string {
  const width = Math.max(...findings.map(({ check }) => check.length));
  const lines = findings.flatMap(({ check, state, message, todo }, i) => [
    `${SIGNS[state]} ${check.padEnd(width)}  ${message}`,
    // What is to be done about several in a row is said once, after the last of them.
    ...(todo && todo !== findings[i + 1]?.todo ? [`  ${" ".repeat(width)}  → ${todo}`] : []),
  ]);
  const problems = findings.filter(({ state }) => state === "problem").length;
  const end = problems === 0 ? "nothing is wrong" : `${problems} ${problems === 1 ? "problem" : "problems"}`;
  return `medresearcher ${version}\n${lines.join("\n")}\n${end}\n`;
}
