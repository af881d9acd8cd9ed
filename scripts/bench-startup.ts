/** Time from starting a stdio server to its first `initialize` answer, compiled, beside a bare server of the SDK. */
import { spawn } from "node:child_process";
import { SERVER_NAMES } from "../servers/commands/registry.ts";
import { workplace } from "../tests/workplace.ts";
import { BARE, report, sideBySide } from "./bench/measure.ts";
import { CLI } from "./clients/servers.ts";

const LIMIT = 1.6;
const ROUNDS = 15;
const INITIALIZE = JSON.stringify({
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "bench", version: "1" } },
});

/** @returns milliseconds */
function startUp(args: string[], env: Record<string, string>): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, args, { env, stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.write(`${INITIALIZE}\n`);
  return new Promise((resolve, reject) => {
    let time = 0;
    child.stdout.once("data", () => {
      time = performance.now() - started;
      child.stdin.end();
    });
    child.once("error", reject);
    child.once("exit", () => (time > 0 ? resolve(time) : reject(new Error(`${args.join(" ")} gave no answer`))));
  });
}

const place = workplace();
const bare = () => startUp([BARE, "stdio"], place.env);
console.log(`start to the first initialize answer, median of ${ROUNDS}\n${"".padEnd(22)}      ours         bare`);
let good = true;
for (const name of SERVER_NAMES) {
  const ours = () => startUp([CLI, "mcp", name, "--knowledge", "starter"], place.env);
  await ours();
  good = report(name, await sideBySide(ROUNDS, ours, bare), LIMIT) && good;
}
place.remove();
process.exitCode = good ? 0 : 1;
