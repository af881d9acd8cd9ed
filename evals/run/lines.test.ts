import fs, { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { takeFolder } from "./folder-lock.ts";
import { LineFile } from "./lines.ts";

const folder = mkdtempSync(join(tmpdir(), "lines-"));
const Row = z.object({ n: z.number() });
let count = 0;
const fresh = () => join(folder, `${count++}.jsonl`);

describe("a file of lines", () => {
  it("gives back what was appended, by whom ever", () => {
    const name = fresh();
    for (const n of [1, 2]) {
      const file = new LineFile(name, Row);
      file.open();
      file.append({ n });
      file.close();
    }
    expect(new LineFile(name, Row).read()).toEqual([{ n: 1 }, { n: 2 }]);
  });

  it("a torn end does not count, and is set aside when the file is opened", () => {
    const name = fresh();
    writeFileSync(name, '{"n":1}\n{"n":2');
    const file = new LineFile(name, Row);
    expect(file.read()).toEqual([{ n: 1 }]);
    file.open();
    file.append({ n: 3 });
    file.close();
    expect(readFileSync(name, "utf8")).toBe('{"n":1}\n{"n":3}\n');
    expect(readFileSync(`${name}.torn`, "utf8")).toBe('{"n":2\n');
  });

  it("a damaged line in the middle is told, and the others count", () => {
    const name = fresh();
    const warnings: string[] = [];
    writeFileSync(name, '{"n":1}\n{"n":"x"}\nnonsense\n{"n":4}\n');
    expect(new LineFile(name, Row).read((message) => warnings.push(message))).toEqual([{ n: 1 }, { n: 4 }]);
    expect(warnings).toHaveLength(2);
    expect(warnings[0]).toContain("line 2");
  });

  it("a line that cannot be written whole leaves nothing behind", () => {
    const name = fresh();
    const file = new LineFile(name, Row);
    file.open();
    file.append({ n: 1 });
    const write = vi.spyOn(fs, "writeSync");
    // As on a full disk: some bytes, then none.
    write.mockImplementationOnce((fd) => {
      fs.appendFileSync(fd, '{"n');
      throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
    });
    expect(() => file.append({ n: 2 })).toThrow("no space left");
    write.mockRestore();
    file.append({ n: 3 });
    file.close();
    expect(readFileSync(name, "utf8")).toBe('{"n":1}\n{"n":3}\n');
  });
});

describe("a run folder", () => {
  it("is one process's; one that is gone does not keep it", () => {
    const release = takeFolder(folder);
    expect(() => takeFolder(folder)).toThrow(`in use by process ${process.pid}`);
    release();
    // A process that is gone; an earlier one that had our number, as in a container that was started again.
    for (const gone of [999_999_999, process.pid]) {
      writeFileSync(join(folder, "lock"), String(gone));
      takeFolder(folder)();
    }
    expect(existsSync(join(folder, "lock"))).toBe(false);
  });
});
