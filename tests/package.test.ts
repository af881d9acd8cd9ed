import { describe, expect, it } from "vitest";
import lock from "../package-lock.json" with { type: "json" };
import manifest from "../package.json" with { type: "json" };
import { completeLock } from "../scripts/complete-lock.ts";

interface LockEntry {
  version?: string;
  resolved?: string;
  hasInstallScript?: boolean;
}

describe("the package", () => {
  const packages = Object.entries(lock.packages as Record<string, LockEntry>);

  it("has a lock for every platform, without download addresses", () => {
    expect(completeLock(structuredClone(lock))).toEqual([]);
    expect(packages.filter(([, entry]) => entry.resolved !== undefined)).toEqual([]);
  });

  it("allows the install scripts that it needs, and no others", () => {
    const scripts = packages.filter(([path, entry]) => path !== "" && entry.hasInstallScript).map(([path]) => path);
    const optional = ["node_modules/fsevents"];
    expect(scripts.filter((path) => !optional.includes(path))).toEqual(
      Object.keys(manifest.allowScripts).map((name) => `node_modules/${name}`),
    );
  });

  it("ships what runs: the compiled program and the starter's sources", () => {
    expect(manifest.files).toEqual(expect.arrayContaining(["dist", "servers/knowledge/starter/data"]));
    expect(manifest.bin.medresearcher).toBe("dist/cli.js");
  });
});
