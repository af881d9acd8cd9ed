/** Runs commands of the product as a user would. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export const CLI = fileURLToPath(new URL("../../cli.ts", import.meta.url));

/** Throws where the command fails; its own words are on the screen. */
export async function cli(...args: string[]): Promise<void> {
  await run(args, ["ignore", "inherit", "inherit"]);
}

/** The JSON value that the command prints with --json. `codes`: exit codes that are no failure of the command itself. */
export async function cliJson(...args: string[]): Promise<Record<string, unknown>> {
  return JSON.parse(await run([...args, "--json"], ["ignore", "pipe", "inherit"])) as Record<string, unknown>;
}

function run(args: string[], stdio: ["ignore", "inherit" | "pipe", "inherit"]): Promise<string> {
  const child = spawn(process.execPath, [CLI, ...args], { stdio });
  let text = "";
  child.stdout?.setEncoding("utf8").on("data", (part: string) => (text += part));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      // A run with failed cells, or with fewer questions than asked for, has its result all the same.
      if (code === 0 || (code === 1 && text !== "")) resolve(text);
      else reject(new Error(`medresearcher ${args.slice(0, 2).join(" ")} ended with ${code}`));
    });
  });
}

const began = performance.now();

/** Says which stage begins, and when. */
export function clock(stage: string): void {
  const seconds = Math.round((performance.now() - began) / 1000);
  console.log(`\n[${String(Math.floor(seconds / 60)).padStart(2)}:${String(seconds % 60).padStart(2, "0")}] ${stage}`);
}
