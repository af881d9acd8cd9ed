import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { rename, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { readLocalFile } from "./local-files.ts";

describe("files of this machine", () => {
  let root: string;

  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), "reader-")));
    for (const folder of ["open", "open-not", "OPEN-upper"]) mkdirSync(join(root, folder));
    writeFileSync(join(root, "open", "a.txt"), "open");
    writeFileSync(join(root, "open-not", "b.txt"), "secret");
    writeFileSync(join(root, "OPEN-upper", "b.txt"), "secret");
    symlinkSync(join(root, "open-not", "b.txt"), join(root, "open", "link.txt"));
    symlinkSync(join(root, "open-not"), join(root, "open", "folder"));
    symlinkSync("loop", join(root, "open", "loop"));
    symlinkSync("a.txt", join(root, "open", "inside.txt"));
    vi.stubEnv("MEDRESEARCHER_READ_DIRS", ["/nowhere", join(root, "open")].join(delimiter));
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(root, { recursive: true });
  });

  it.each([["open/../open/a.txt"], ["open/./a.txt"], ["open/inside.txt"]])(
    "are read under the named folders: %s",
    async (path) => {
      const file = await readLocalFile(`${root}/${path}`);
      expect({ path: file.path, text: new TextDecoder().decode(file.bytes) }).toEqual({
        path: join(root, "open", "a.txt"),
        text: "open",
      });
    },
  );

  it.each([
    ["open-not/b.txt"],
    ["open/../open-not/b.txt"],
    ["open/link.txt"],
    ["open/folder/b.txt"],
    ["open/folder/../../open-not/b.txt"],
    ["OPEN-upper/b.txt"],
    ["OPEN/a.txt"],
    ["gone.txt"],
    ["open/..%2fopen-not/b.txt/../../../open-not/b.txt"],
  ])("are refused elsewhere: %s", async (path) => {
    await expect(readLocalFile(`${root}/${path}`)).rejects.toMatchObject({ reason: "refused" });
  });

  it.each([["gone.txt"], ["a.txt/b"], [".."], ["loop"], ["\uff0e\uff0e/open-not/b.txt"], ["%2e%2e/open-not/b.txt"]])(
    "that are missing or no files are not found: %s",
    async (name) => {
      const failure = await readLocalFile(`${root}/open/${name}`).catch((error: unknown) => error);
      expect(failure).toMatchObject({ reason: name === ".." ? "refused" : "not_found" });
    },
  );

  it("are no folders, not even one that may be read", async () => {
    await expect(readLocalFile(`${root}/open`)).rejects.toMatchObject({
      reason: "not_found",
      recovery: "it is a folder: give the path of a file in it",
    });
  });

  it.skipIf(process.platform === "win32")("are not waited for where they are pipes", async () => {
    execFileSync("mkfifo", [join(root, "open", "pipe")]);
    await expect(readLocalFile(join(root, "open", "pipe"))).rejects.toMatchObject({ reason: "not_found" });
  });

  it.skipIf(!existsSync("/proc/self/environ"))("are never the system's own, whatever folders are named", async () => {
    vi.stubEnv("MEDRESEARCHER_READ_DIRS", "/");
    for (const path of ["/proc/self/environ", "/dev/zero", "/sys/kernel/notes", "/dev/stdin"]) {
      await expect(readLocalFile(path)).rejects.toMatchObject({
        reason: expect.stringMatching(/^(?:refused|not_found)$/),
      });
    }
  });

  it("are never those that are put in their place while they are opened", async () => {
    const [open, outside] = [join(root, "open", "b.txt"), join(root, "open-not", "b.txt")];
    writeFileSync(open, "open");
    const read = new Set<string>();
    const stopped = Date.now() + 500;
    const goesOn = () => Date.now() < stopped || !read.has("open");
    const swap = async () => {
      while (goesOn()) {
        await symlink(outside, `${open}.new`);
        await rename(`${open}.new`, open);
        await writeFile(`${open}.new`, "open");
        await rename(`${open}.new`, open);
      }
    };
    const ask = async () => {
      while (goesOn()) {
        const file = await readLocalFile(open).catch((error: { reason: string }) => error.reason);
        read.add(typeof file === "string" ? file : new TextDecoder().decode(file.bytes));
      }
    };
    await Promise.all([swap(), ask(), ask(), ask()]);
    expect(read).not.toContain("secret");
  });

  it("are bounded, without being read first", async () => {
    writeFileSync(join(root, "open", "large.txt"), "");
    truncateSync(join(root, "open", "large.txt"), 60 * 1024 ** 2);
    await expect(readLocalFile(join(root, "open", "large.txt"))).rejects.toMatchObject({ reason: "too_large" });
  });

  it("are closed unless a folder is named, with the setting that opens them", async () => {
    vi.stubEnv("MEDRESEARCHER_READ_DIRS", undefined);
    await expect(readLocalFile(join(root, "open", "a.txt"))).rejects.toMatchObject({
      reason: "refused",
      recovery: expect.stringContaining("MEDRESEARCHER_READ_DIRS"),
    });
  });
});
