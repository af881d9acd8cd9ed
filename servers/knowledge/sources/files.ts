/** The files that a path stands for: itself, or those of a folder whose names fit, in the order of the numbers in them. */
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

const BY_NUMBER = new Intl.Collator("en", { numeric: true });

/** @param fits names in a folder, in any case; a file that is named is taken as it is. @throws Error where a folder holds none */
export async function filesOf(path: string, fits: RegExp, wanted: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const names = (await readdir(path)).filter((name) => fits.test(name)).toSorted(BY_NUMBER.compare);
  if (names.length === 0) throw new Error(`${path}: holds no file of the kind; wanted are ${wanted}`);
  return names.map((name) => join(path, name));
}
