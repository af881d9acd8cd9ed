import { chmodSync, existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { environmentFolder, python, readyFile } from "./environment.ts";
import { runPython, type Event } from "./run-python.ts";

const empty = () => mkdtempSync(join(tmpdir(), "trl-"));

/** A program that takes Python's place and speaks as the package does. */
function standIn(script: string): void {
  const file = join(empty(), "python");
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  vi.stubEnv("MEDRESEARCHER_PYTHON", file);
}

beforeEach(() => {
  vi.stubEnv("MEDRESEARCHER_PYTHON", undefined);
  return () => vi.unstubAllEnvs();
});

describe("the Python environment", () => {
  it("says what to type where it is missing", () => {
    vi.stubEnv("XDG_CACHE_HOME", empty());
    expect(() => python()).toThrow(/npm run python:setup/);
  });

  it("is not taken while it is half made", () => {
    vi.stubEnv("XDG_CACHE_HOME", empty());
    expect(existsSync(readyFile(environmentFolder()))).toBe(false);
    expect(() => python()).toThrow(/not there/);
  });

  it("can be one's own", () => {
    vi.stubEnv("MEDRESEARCHER_PYTHON", process.execPath);
    expect(python()).toBe(process.execPath);
    vi.stubEnv("MEDRESEARCHER_PYTHON", "/nowhere/python");
    expect(() => python()).toThrow(/no such file/);
  });
});

describe.skipIf(process.platform === "win32")("running a module", () => {
  it("passes events on, what is none to stderr, and the exit code back", async () => {
    standIn(`echo '{"event":"start","rows":3}'; echo "a library's own words"; echo '{"event":"done"}'; exit 7`);
    const stderr = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    const events: Event[] = [];
    expect(await runPython("train", [], (event) => events.push(event))).toBe(7);
    expect(events).toEqual([{ event: "start", rows: 3 }, { event: "done" }]);
    expect(stderr).toHaveBeenCalledWith("a library's own words\n");
    stderr.mockRestore();
  });

  it("hands a Ctrl-C on and waits for the orderly end", async () => {
    standIn(
      `trap 'echo "{\\"event\\":\\"stopped\\"}"; exit 130' INT; echo '{"event":"start"}'; while :; do sleep 0.05; done`,
    );
    const events: string[] = [];
    const code = await runPython("train", [], ({ event }) => {
      events.push(event);
      if (event === "start") process.emit("SIGINT", "SIGINT");
    });
    expect([code, events]).toEqual([130, ["start", "stopped"]]);
  });
});
