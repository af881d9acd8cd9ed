/** `synth verify`: exit 1 where a proof fails. */
import { Command } from "commander";
import type { VerifyResult } from "../synthesis/verify/index.ts";

/** Failures that are told one by one. */
const SHOWN = 20;
const TELL_EVERY_MS = 5000;

export function verifyCommand(): Command {
  return new Command("verify")
    .description("Checks every proof of a file of questions from the knowledge alone.")
    .argument("<file>", "JSONL file that `synth questions` wrote")
    .option("--json", "print one JSON value")
    .action(async (file: string, options: { json?: boolean }) => {
      const { verifyFile } = await import("../synthesis/verify/index.ts");
      let told = performance.now();
      const result = verifyFile(file, {
        onProgress(checked, total) {
          if (performance.now() - told < TELL_EVERY_MS) return;
          told = performance.now();
          process.stderr.write(`checked ${checked} of ${total}\n`);
        },
      });
      process.stdout.write(options.json ? `${JSON.stringify(result, null, 2)}\n` : text(result));
      if (result.checked === 0) process.stderr.write(`error: ${file} holds no questions\n`);
      process.exitCode = result.failures.length === 0 && result.checked > 0 ? 0 : 1;
    });
}

function text({ checked, passed, failures }: VerifyResult): string {
  const shown = failures.slice(0, SHOWN).map(({ id, reason }) => `failed: ${id}: ${reason}`);
  const more = failures.length > SHOWN ? [`… and ${failures.length - SHOWN} more`] : [];
  return [...shown, ...more, `${passed} of ${checked} proofs hold`, ""].join("\n");
}
