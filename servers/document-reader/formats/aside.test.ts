import { spawnSync } from "node:child_process";
import { setImmediate as nextLoop } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { makeDocx, paragraph } from "../testing/office.ts";
import { ARE_SEEN, parsers } from "../testing/parsers.ts";
import { permissionsFor } from "./permissions.ts";
import { Places } from "./places.ts";
import { parseAside, type ParsingTask } from "./aside.ts";

/** Parsers give way to all else: on a busy machine a small document may take minutes, and that is not what fails here. */
const LONG_MS = 500_000;

const utf8 = (text: string) => new TextEncoder().encode(text);
const { signal } = new AbortController();
const never = new AbortController().signal;

/** Attributes are looked up one by one: more than half a minute of work on any machine. */
const slow: ParsingTask = {
  contentType: "text/html",
  name: "",
  bytes: utf8(`<p ${Array.from({ length: 600_000 }, (_, i) => `a${i}=1`).join(" ")}>`),
};
const small = (n: number): ParsingTask => ({ name: "a.docx", bytes: makeDocx(paragraph(`document ${n}`)) });
const textOf = async (task: ParsingTask) => {
  const answer = await parseAside(task, never, LONG_MS);
  return "parsed" in answer ? answer.parsed.sections.map(({ text }) => text).join() : "";
};

/** Those that wait for a document would be taken before new ones are started. */
async function endAll(): Promise<void> {
  for (const id of parsers()) process.kill(id, "SIGKILL");
  await expect.poll(parsers, { timeout: LONG_MS }).toEqual([]);
}

describe("the parsing processes", () => {
  it("give up after their time", async () => {
    await expect(parseAside(slow, signal, 100)).rejects.toMatchObject({
      reason: "unreadable",
      message: /longer than 0.1 s/,
    });
  });

  it("stop when the caller does", async () => {
    const controller = new AbortController();
    const parsing = parseAside(slow, controller.signal);
    setTimeout(() => controller.abort(new Error("enough")), 50);
    await expect(parsing).rejects.toThrow("enough");
  });

  it.skipIf(!ARE_SEEN)(
    "take nothing with them when one dies: others in flight and those after it are read",
    async () => {
      await endAll();
      const dying = parseAside(slow, signal, LONG_MS).catch((error: unknown) => error);
      await expect.poll(parsers, { timeout: LONG_MS }).toHaveLength(1);
      const [busy] = parsers();
      const reading = Promise.all([1, 2, 3, 4].map((n) => textOf(small(n))));
      expect(await reading).toEqual([1, 2, 3, 4].map((n) => `document ${n}`));
      process.kill(busy!, "SIGKILL");
      expect(await dying).toMatchObject({ reason: "unreadable", message: expect.stringMatching(/memory/) });
      expect(await textOf(small(5))).toBe("document 5");
    },
    LONG_MS,
  );

  it.skipIf(!ARE_SEEN)(
    "are few, however many documents come at once",
    async () => {
      await endAll();
      const seen = new Set<number>();
      const texts = Array.from({ length: 50 }, async (_, n) => {
        const text = await textOf(small(n));
        for (const id of parsers()) seen.add(id);
        return text;
      });
      expect(await Promise.all(texts)).toEqual(Array.from({ length: 50 }, (_, n) => `document ${n}`));
      // All that there ever were: none died.
      expect(seen.size).toBeLessThanOrEqual(3);
    },
    LONG_MS,
  );
});

describe("a parsing process", () => {
  it.each([
    ["files of this machine", 'fs.readFileSync("/etc/hostname")'],
    ["folders, to write into them", "fs.writeFileSync('written', '')"],
    ["other programs", 'child_process.execFileSync("id")'],
    ["threads", 'new worker_threads.Worker("1", { eval: true })'],
  ])("has no access to %s", (_, code) => {
    const { stdout } = spawnSync(
      process.execPath,
      [
        ...permissionsFor(import.meta.filename),
        "-e",
        `try { ${code}; console.log("done"); } catch (e) { console.log(e.code); }`,
      ],
      // As parsers are started: whoever runs the tests may load code of his own into every Node.
      { encoding: "utf8", env: {} },
    );
    expect(stdout.trim()).toBe("ERR_ACCESS_DENIED");
  });
});

describe("places in the queue", () => {
  it("are given in order, and large tasks leave one to the small", async () => {
    const places = new Places(2, 1);
    const entered: string[] = [];
    const enter = async (name: string) => {
      const leave = await places.take(name.startsWith("large"), never);
      entered.push(name);
      return leave;
    };
    const tasks = ["large 1", "large 2", "small 1", "small 2"].map(enter);
    const leaves = await Promise.all([tasks[0]!, tasks[2]!]);
    expect(entered).toEqual(["large 1", "small 1"]);
    leaves[1]();
    (await tasks[3]!)();
    leaves[0]();
    await tasks[1]!;
    expect(entered).toEqual(["large 1", "small 1", "small 2", "large 2"]);
  });

  it("are given up by those who stop waiting", async () => {
    const places = new Places(1, 1);
    const leave = await places.take(false, never);
    const controller = new AbortController();
    const waiting = places.take(false, controller.signal);
    controller.abort(new Error("enough"));
    await expect(waiting).rejects.toThrow("enough");
    leave();
    (await places.take(false, never))();
  });

  it("are given back once, however often that is said", async () => {
    const places = new Places(1, 1);
    const leave = await places.take(false, never);
    leave();
    leave();
    const second = await places.take(false, never);
    const entered: string[] = [];
    const enterLast = async () => {
      const leaveLast = await places.take(false, never);
      entered.push("last");
      leaveLast();
    };
    const last = enterLast();
    // Whatever could enter has done so.
    await nextLoop();
    expect(entered).toEqual([]);
    second();
    await last;
    expect(entered).toEqual(["last"]);
  });
});
