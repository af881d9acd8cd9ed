/** A checkpoint behind `train serve`, for as long as it is needed. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { CLI } from "./cli.ts";

export async function served(checkpoint: string): Promise<AsyncDisposable & { baseUrl: string }> {
  const child = spawn(process.execPath, [CLI, "train", "serve", checkpoint, "--port", "0", "--json"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  const first = createInterface({ input: child.stdout })[Symbol.asyncIterator]().next();
  const line = await Promise.race([first, ended.then(() => undefined)]);
  if (!line || line.done) throw new Error(`train serve ${checkpoint} did not start`);
  const { baseUrl } = JSON.parse(line.value) as { baseUrl: string };
  return {
    baseUrl,
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}
