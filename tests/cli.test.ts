import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { afterAll, describe, expect, it } from "vitest";
import manifest from "../package.json" with { type: "json" };

const program = fileURLToPath(new URL("../cli.ts", import.meta.url));
const home = mkdtempSync(join(tmpdir(), "medresearcher-cli-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

interface Run {
  code: number;
  out: string;
  err: string;
}

function run(args: string[], env: Record<string, string> = {}): Promise<Run> {
  // Where both are set, Node itself speaks on stderr.
  const { NO_COLOR: _, FORCE_COLOR: __, ...inherited } = process.env;
  return new Promise((resolve) => {
    const options = { env: { ...inherited, MEDRESEARCHER_HOME: home, ...env }, cwd: home };
    execFile(process.execPath, [program, ...args], options, (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err });
    });
  });
}

describe("the command line", () => {
  it("lists its commands", async () => {
    for (const args of [[], ["--help"], ["help"]]) {
      const { code, out, err } = await run(args);
      expect([code, err]).toEqual([0, ""]);
      expect(out).toMatch(/ask .*\n.*sessions .*\n.*mcp .*\n.*mcp-config .*\n.*data /);
    }
  });

  it("tells its version, which is the package's", async () => {
    expect(await run(["--version"])).toEqual({ code: 0, out: `${manifest.version}\n`, err: "" });
  });

  it.each(["ask", "sessions", "mcp", "mcp-config", "data"])("describes %s", async (command) => {
    const { code, out, err } = await run([command, "--help"]);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toContain(`Usage: medresearcher ${command}`);
  });

  it.each([
    [["frobnicate"], "unknown command 'frobnicate'"],
    [["--frobnicate"], "unknown option '--frobnicate'"],
    [["mcp"], "missing required argument 'server'"],
    [["mcp", "no-such-server"], "kg-explorer"],
    [["mcp", "kg-explorer", "--frobnicate"], "unknown option '--frobnicate'"],
    [["mcp", "kg-explorer", "--http", "99999"], "a port is a number from 0 to 65535"],
    [["mcp-config", "emacs"], "Allowed choices are claude, cursor, vscode"],
    [["sessions", "frobnicate"], "frobnicate"],
    [["ask", "--frobnicate"], "unknown option '--frobnicate'"],
    [["data", "status", "--frobnicate"], "unknown option '--frobnicate'"],
  ])("says how it is used, and ends with 2: %s", async (args, message) => {
    const { code, out, err } = await run(args);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(message);
    expect(err).toContain("Usage: medresearcher");
  });

  it("fails in one line", async () => {
    const { code, out, err } = await run(["mcp", "kg-explorer", "--http", "0", "--host", "192.0.2.1"]);
    expect([code, out]).toEqual([1, ""]);
    expect(err).toBe("error: 192.0.2.1 is no address of this machine\n");
    const debug = await run(["mcp", "kg-explorer", "--http", "0", "--host", "192.0.2.1"], { MEDRESEARCHER_DEBUG: "1" });
    expect(debug.err).toMatch(/\n {4}at /);
  });
});

describe("mcp-config", () => {
  interface Entry {
    command: string;
    args: string[];
    env: Record<string, string>;
  }
  const servers = ["web-search", "document-reader", "medical-retriever", "clinical-reasoning", "kg-explorer"];

  it.each([
    ["claude", "mcpServers"],
    ["cursor", "mcpServers"],
    ["vscode", "servers"],
  ])("prints what %s expects, with absolute paths and the environment", async (client, key) => {
    const { out, err } = await run(["mcp-config", client, "--knowledge", "starter"], {
      MEDRESEARCHER_HOME: "some/where",
      NCBI_API_KEY: "k",
    });
    const config = JSON.parse(out) as Record<string, Record<string, Entry>>;
    expect(Object.keys(config)).toEqual([key]);
    expect(Object.keys(config[key]!)).toEqual(servers);
    expect(config[key]!["kg-explorer"]).toMatchObject({
      command: process.execPath,
      args: [program, "mcp", "kg-explorer", "--knowledge", "starter"],
      env: { MEDRESEARCHER_HOME: join(home, "some/where"), NCBI_API_KEY: "k" },
    });
    expect(err).toContain("NCBI_API_KEY");
  });

  it("works when pasted: from another folder, with nothing but its own environment", async () => {
    const { out } = await run(["mcp-config", "claude", "--knowledge", "starter"]);
    const { command, args, env } = (JSON.parse(out) as { mcpServers: Record<string, Entry> }).mcpServers[
      "kg-explorer"
    ]!;
    const client = new Client({ name: "test", version: "1" });
    await client.connect(new StdioClientTransport({ command, args, env, cwd: tmpdir(), stderr: "ignore" }));
    const result = await client.callTool({ name: "get_entity", arguments: { id: "Entresto" } });
    expect(result.structuredContent).toMatchObject({ entity: { name: "Entresto" } });
    await client.close();
  });
});
