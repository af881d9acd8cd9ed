/** The command line under an older Node, where the machine has one. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { workplace, type Workplace } from "./workplace.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const program = join(root, "dist/cli.js");
const oldNode = (process.env["PATH"] ?? "")
  .split(delimiter)
  .map((folder) => join(folder, "node"))
  .find((file) => existsSync(file) && majorOf(file) < 24);

/** NaN for what is called so and is no program that runs here. */
function majorOf(node: string): number {
  const { stdout } = spawnSync(node, ["--version"], { encoding: "utf8" });
  return Number(/^v(\d+)/.exec(stdout ?? "")?.[1]);
}

// Without an older Node, or before the first build, there is nothing to try.
describe.skipIf(!oldNode || !existsSync(program))(`under ${oldNode ?? "an older Node (none on PATH)"}`, () => {
  let place: Workplace;
  beforeAll(() => {
    place = workplace();
  });
  afterAll(() => place.remove());

  const start = (...args: string[]) => {
    const child = spawn(oldNode!, [program, ...args], { env: place.env });
    const said = { out: "", err: "" };
    child.stdout.on("data", (chunk: Buffer) => (said.out += String(chunk)));
    child.stderr.on("data", (chunk: Buffer) => (said.err += String(chunk)));
    return { child, said, ended: once(child, "close") as Promise<[number | null, string | null]> };
  };

  it("runs under the newer one, with the same exit code", async () => {
    const help = start("--help");
    expect(await help.ended).toEqual([0, null]);
    expect(help.said.out).toContain("Usage: medresearcher");
    const wrong = start("frobnicate");
    expect(await wrong.ended).toEqual([2, null]);
    expect(wrong.said.err).toContain("unknown command");
  });

  it("hands on input, output and signals", async () => {
    const { child, said, ended } = start("mcp", "kg-explorer", "--http", "0");
    while (!said.err.includes("serves http://127.0.0.1:")) await once(child.stderr, "data");
    child.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
    const url = /http\S+/.exec(said.err)![0];
    await expect(fetch(url)).rejects.toThrow("fetch failed");
  });

  it("names the node that it runs under in configurations", async () => {
    const { said, ended } = start("mcp-config", "claude");
    expect(await ended).toEqual([0, null]);
    const config = JSON.parse(said.out) as { mcpServers: Record<string, { command: string }> };
    expect(majorOf(config.mcpServers["kg-explorer"]!.command)).toBeGreaterThanOrEqual(24);
  });
});
