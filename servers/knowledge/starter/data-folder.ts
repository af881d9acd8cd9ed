/** Where the starter's source files lie, from sources and from compiled code alike. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** `servers/knowledge/starter/data` of the package that this module belongs to. @throws Error where the package was shipped without it */
export function dataFolder(from = import.meta.dirname): string {
  let root = from;
  while (!existsSync(join(root, "package.json"))) {
    const parent = dirname(root);
    if (parent === root)
      throw new Error(`no package.json above ${from}: the installation is incomplete, install it again`);
    root = parent;
  }
  const folder = join(root, "servers", "knowledge", "starter", "data");
  if (!existsSync(folder)) throw new Error(`${folder} is missing: the installation is incomplete, install it again`);
  return folder;
}
