/** Runs `eval` in a temporary home: in this process, or in one of its own that can be killed. */
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { vi } from "vitest";
import { testParts } from "../../host/testing/parts.ts";
import { runCommand } from "../../servers/commands/run.ts";
import { evalCommand } from "../commands/eval.ts";

const MAIN = fileURLToPath(new URL("eval-main.ts", import.meta.url));
const CLI = fileURLToPath(new URL("../../cli.ts", import.meta.url));

interface Result {
  code: number | null;
  stdout: string;
  stderr: string;
}

export class Workplace {
  readonly folder = mkdtempSync(join(tmpdir(), "evals-"));
  readonly home = join(this.folder, "home");
  readonly out = join(this.folder, "run");

  file(name: string, content: string): string {
    writeFileSync(join(this.folder, name), content);
    return join(this.folder, name);
  }

  start(
    args: readonly string[],
    env: Record<string, string> = {},
    whole = false,
  ): { child: ChildProcess; ended: Promise<Result> } {
    const child = spawn(process.execPath, whole ? [CLI, "eval", ...args] : [MAIN, ...args], {
      env: {
        ...process.env,
        MEDRESEARCHER_HOME: this.home,
        MEDRESEARCHER_OFFLINE: "1",
        OPENAI_API_KEY: "none",
        ...env,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (part: string) => (stdout += part));
    child.stderr.setEncoding("utf8").on("data", (part: string) => (stderr += part));
    const ended = new Promise<Result>((resolve) => child.once("close", (code) => resolve({ code, stdout, stderr })));
    return { child, ended };
  }

  /** `eval ARGS` over the test parts, in this process: quick, for all that does not end in a kill. */
  async eval(args: readonly string[]): Promise<Result> {
    const written = { stdout: "", stderr: "" };
    const spies = (["stdout", "stderr"] as const).map((name) =>
      vi.spyOn(process[name], "write").mockImplementation((text) => {
        written[name] += String(text);
        return true;
      }),
    );
    vi.stubEnv("MEDRESEARCHER_HOME", this.home);
    vi.stubEnv("OPENAI_API_KEY", "none");
    // What a run sets for its own process goes with it.
    for (const name of ["MEDRESEARCHER_BLOCKED", "MEDRESEARCHER_OFFLINE", "MEDRESEARCHER_NO_CACHE"])
      vi.stubEnv(name, process.env[name]);
    process.exitCode = undefined;
    let code: number;
    try {
      code = await runCommand(evalCommand(testParts), "medresearcher eval", [...args]);
    } catch (error) {
      written.stderr += `error: ${(error as Error).message}\n`;
      code = 1;
    } finally {
      process.exitCode = undefined;
      vi.unstubAllEnvs();
      for (const spy of spies) spy.mockRestore();
    }
    return { code, ...written };
  }

  /** `medresearcher eval ARGS`, with the five servers. */
  wholeEval(args: readonly string[], env: Record<string, string> = {}): Promise<Result> {
    return this.start(args, env, true).ended;
  }

  /** Whole lines of a file of the run folder; none where there is no file yet. */
  lines(name: string): Record<string, unknown>[] {
    const file = join(this.out, name);
    const text = existsSync(file) ? readFileSync(file, "utf8") : "";
    return text
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  /** Every byte that lies under the folder except in the named file. */
  everythingWritten(except: string): string {
    const files = readdirSync(this.folder, { recursive: true, encoding: "utf8" })
      .map((name) => join(this.folder, name))
      .filter((path) => path !== except && statSync(path).isFile());
    return files.map((path) => readFileSync(path, "utf8")).join("\n");
  }
}
