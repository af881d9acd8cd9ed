import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readLocalFile } from "./local-files.ts";

describe("files of this machine", () => {
  let root: string;

  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), "reader-")));
    mkdirSync(join(root, "open"));
    mkdirSync(join(root, "open-not"));
    writeFileSync(join(root, "open", "a.txt"), "open");
    writeFileSync(join(root, "open-not", "b.txt"), "secret");
    symlinkSync(join(root, "open-not", "b.txt"), join(root, "open", "link.txt"));
    process.env["MEDRESEARCHER_READ_DIRS"] = ["/nowhere", join(root, "open")].join(delimiter);
  });
  afterEach(() => {
    delete process.env["MEDRESEARCHER_READ_DIRS"];
    rmSync(root, { recursive: true });
  });

  it("are read under the named folders", async () => {
    const { path, bytes } = await readLocalFile(join(root, "open", "..", "open", "a.txt"));
    expect({ path, text: new TextDecoder().decode(bytes) }).toEqual({
      path: join(root, "open", "a.txt"),
      text: "open",
    });
  });

  it.each([["open-not/b.txt"], ["open/../open-not/b.txt"], ["open/link.txt"], ["open"], ["gone.txt"]])(
    "are refused elsewhere: %s",
    async (path) => {
      await expect(readLocalFile(join(root, path))).rejects.toMatchObject({ reason: "refused" });
    },
  );

  it("that are missing are not found", async () => {
    await expect(readLocalFile(join(root, "open", "gone.txt"))).rejects.toMatchObject({ reason: "not_found" });
  });

  it("are closed unless a folder is named, with the setting that opens them", async () => {
    delete process.env["MEDRESEARCHER_READ_DIRS"];
    await expect(readLocalFile(join(root, "open", "a.txt"))).rejects.toMatchObject({
      reason: "refused",
      recovery: expect.stringContaining("MEDRESEARCHER_READ_DIRS"),
    });
  });
});
