/**
 * Completes package-lock.json after `npm install`. A registry that does not carry a package for another platform leaves
 * it out of the lock, and `npm ci` then refuses the lock everywhere. Each optional dependency with an exact version gets
 * its entry: version, system and processor, which is all that npm needs to pass it over, or to install it where it fits.
 */
import { readFileSync, writeFileSync } from "node:fs";

interface LockEntry {
  version?: string;
  cpu?: string[];
  os?: string[];
  libc?: string[];
  dev?: boolean;
  optional?: boolean;
  optionalDependencies?: Record<string, string>;
}

interface Lock {
  packages: Record<string, LockEntry>;
}

const SYSTEMS = ["aix", "android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "openharmony", "sunos", "win32"];
const PROCESSORS = ["arm", "arm64", "ia32", "loong64", "mips64el", "ppc64", "riscv64", "s390x", "wasm32", "x64"];

/** @returns the names that were added */
export function completeLock(lock: Lock): string[] {
  const added: string[] = [];
  for (const [path, entry] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const isKnown = `${path}/node_modules/${name}` in lock.packages || `node_modules/${name}` in lock.packages;
      const platform = platformOf(name);
      if (isKnown || !platform || !/^\d+\.\d+\.\d+/.test(version)) continue;
      lock.packages[`node_modules/${name}`] = {
        version,
        ...(entry.dev ? { dev: true } : {}),
        optional: true,
        ...platform,
      };
      added.push(name);
    }
  }
  const sorted = Object.entries(lock.packages).toSorted(([a], [b]) => a.localeCompare(b, "en"));
  lock.packages = Object.fromEntries(sorted);
  return added;
}

/** From names such as `@oxfmt/binding-linux-arm-gnueabihf`; undefined for what is no platform's package. */
function platformOf(name: string): Pick<LockEntry, "os" | "cpu" | "libc"> | undefined {
  const parts = name.split(/[^a-z0-9]/);
  const cpu = PROCESSORS.filter((processor) => parts.includes(processor));
  const os = SYSTEMS.filter((system) => parts.includes(system));
  if (cpu.length !== 1 || os.length + Number(cpu[0] === "wasm32") !== 1) return undefined;
  const libc = parts.includes("musl") ? ["musl"] : parts.includes("gnu") && os[0] === "linux" ? ["glibc"] : [];
  return { cpu, ...(os.length > 0 ? { os } : {}), ...(libc.length > 0 ? { libc } : {}) };
}

if (import.meta.main) {
  const file = new URL("../package-lock.json", import.meta.url);
  const lock = JSON.parse(readFileSync(file, "utf8")) as Lock;
  const added = completeLock(lock);
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(added.length > 0 ? `added ${added.length}: ${added.join(", ")}` : "complete");
}
