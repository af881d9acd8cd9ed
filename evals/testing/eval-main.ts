/** `eval` over the host's test parts (one small server, a scripted planner; `--policy llm` is the real one), as a process. */
import { testParts } from "../../host/testing/parts.ts";
import { runCommand } from "../../servers/commands/run.ts";
import { evalCommand } from "../commands/eval.ts";

try {
  process.exitCode = await runCommand(evalCommand(testParts), "medresearcher eval", process.argv.slice(2));
} catch (error) {
  process.stderr.write(`error: ${(error as Error).message}\n`);
  process.exitCode = 1;
}
