/** A real Chromium for tests, where the machine has one: `CHROMIUM_PATH`, else the first on PATH. */
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium, type Browser } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

function findChromium(): string | undefined {
  const given = process.env["CHROMIUM_PATH"];
  if (given) return given;
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter(Boolean);
  return folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find(isExecutable);
}

/**
 * Says loudly where browser tests are left out; fails instead where `BROWSER_TESTS=required`.
 * @returns whether there is a Chromium
 */
export function hasChromium(): boolean {
  if (findChromium()) return true;
  const missing = "no Chromium on PATH (Debian: apt-get install chromium; or set CHROMIUM_PATH)";
  if (process.env["BROWSER_TESTS"] === "required") throw new Error(`MISSING PROGRAM: ${missing}`);
  console.warn(`SKIPPED: tests in a real browser, ${missing}`);
  return false;
}

export function launchChromium(): Promise<Browser> {
  // In a container there is no user namespace to sandbox with, and /dev/shm is small.
  return chromium.launch({ executablePath: findChromium()!, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
