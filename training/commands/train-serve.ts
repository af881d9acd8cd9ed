/** `train serve`: a trained agent as an OpenAI-compatible endpoint on this machine. */
import { resolve } from "node:path";
import { Argument, Command, InvalidArgumentError } from "commander";

interface Options {
  port: number;
  threads?: number;
  json?: boolean;
}

export function trainServeCommand(): Command {
  return new Command("serve")
    .description(
      "Answers OpenAI chat requests from a trained agent, on 127.0.0.1 only; `ask --policy llm --view compact` then asks it.",
    )
    .addArgument(new Argument("<checkpoint>", "the folder that `train sft` wrote"))
    .option("--port <n>", "port; 0 takes a free one", port, 8100)
    .option("--threads <n>", "CPU threads (default: all cores)", port)
    .option("--json", "print one JSON value {baseUrl, model} when it is ready")
    .action(async (checkpoint: string, { port: at, threads, json }: Options) => {
      const { runPython } = await import("../trl/run-python.ts");
      const args = [resolve(checkpoint), "--port", String(at), "--attached"];
      process.exitCode = await runPython(
        "serve",
        threads === undefined ? args : [...args, "--threads", String(threads)],
        ({ event, baseUrl, model }) => {
          if (event !== "ready") return;
          const hint = `medresearcher ask "…" --policy llm --view compact --base-url ${String(baseUrl)} --model ${String(model)}`;
          process.stdout.write(
            json ? `${JSON.stringify({ baseUrl, model })}\n` : `${String(baseUrl)}\nask it: ${hint}\n`,
          );
        },
      );
    });
}

function port(text: string): number {
  const value = Number(text);
  if (!/^\d{1,5}$/.test(text) || value > 65_535) throw new InvalidArgumentError("Give a whole number from 0 to 65535.");
  return value;
}
