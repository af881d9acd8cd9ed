import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { text } from "node:stream/consumers";
import { setTimeout as passed } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { writeAhead } from "./wal.ts";

const MODULE = fileURLToPath(new URL("wal.ts", import.meta.url));

it("waits for another process that writes to the file when it is turned to writing ahead", async () => {
  const folder = mkdtempSync(join(tmpdir(), "wal-"));
  const file = join(folder, "a.db");
  const first = new DatabaseSync(file);
  first.exec("CREATE TABLE t (n); BEGIN IMMEDIATE");
  const program = `
    const { DatabaseSync } = await import("node:sqlite");
    const { writeAhead } = await import(${JSON.stringify(MODULE)});
    const db = new DatabaseSync(${JSON.stringify(file)});
    console.error("now");
    writeAhead(db, 60_000);
    console.log(db.prepare("PRAGMA journal_mode").get().journal_mode);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], { stdio: ["ignore", "pipe", "pipe"] });
  const said = text(child.stdout);
  await once(child.stderr, "data");
  // Long enough to be refused; where it comes later than this it is merely not put to the test.
  await passed(100);
  first.exec("COMMIT");
  expect(await said).toBe("wal\n");
  first.close();
  rmSync(folder, { recursive: true });
});

it("does not wait for what will not mend", () => {
  const db = new DatabaseSync(":memory:");
  db.close();
  expect(() => writeAhead(db, 1_000_000)).toThrow(/not open/);
});
