import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { cpuMsOf, limitWork } from "./work-limit.ts";

let child: ChildProcess;
afterEach(() => void child.kill("SIGKILL"));

function running(program: string): number {
  child = spawn(process.execPath, ["-e", program]);
  return child.pid!;
}

const givenUp = (pid: number, limitMs: number) => new Promise<void>((resolve) => void limitWork(pid, limitMs, resolve));

describe("the work of a process", () => {
  it.skipIf(!existsSync("/proc/self/stat"))("is counted on the processor, as long as that has an end", async () => {
    const pid = running("for (;;);");
    const [worked, started] = [cpuMsOf(pid)!, performance.now()];
    await givenUp(pid, 200);
    // On a busy machine the clock may have been sooner.
    const [work, time] = [cpuMsOf(pid)! - worked, performance.now() - started];
    expect(Math.max(work / 200, time / 800)).toBeGreaterThanOrEqual(1);
  });

  it("is not waited for without end where there is none", async () => {
    await expect(givenUp(running("setInterval(() => {}, 1e6)"), 500)).resolves.toBeUndefined();
  });

  it("is not watched any more when that is said, nor when it is over", async () => {
    const pid = running("for (;;);");
    let isGivenUp = false;
    limitWork(pid, 1, () => (isGivenUp = true))();
    await givenUp(pid, 50);
    expect(isGivenUp).toBe(false);
    child.kill("SIGKILL");
    await givenUp(pid, 10);
    expect(cpuMsOf(2 ** 30)).toBeUndefined();
  });
});
