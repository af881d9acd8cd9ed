import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { afterAll, describe, expect, it } from "vitest";
import { joinModules } from "./join-modules.ts";

const folder = mkdtempSync(join(tmpdir(), "modules-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(files: Record<string, string>): string {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return join(folder, Object.keys(files)[0]!);
}

describe("modules joined to one script", () => {
  it("run as they would apart: imports first, each once, with names of their own", () => {
    const entry = write({
      "main.ts": `import { double, type Size } from "./double.ts";\nimport {\n  SIZE,\n} from "./size.ts";\nconst own: Size = 1;\nresult = double(SIZE) + own;\n`,
      "double.ts": `import { SIZE } from "./size.ts";\nconst own = 100;\nexport type Size = number;\nexport function double(n: number): number {\n  return 2 * n + own * (SIZE - 5);\n}\n`,
      "size.ts": `export const SIZE = 5;\nloaded += 1;\n`,
    });
    const scope = { result: 0, loaded: 0 };
    runInNewContext(joinModules(entry), scope);
    expect(scope).toMatchObject({ result: 11, loaded: 1 });
  });

  it("refuse what cannot be joined, by name", () => {
    const cases: [string, RegExp][] = [
      [`import { z } from "zod";`, /imports zod/],
      [`import { SIZE as S } from "./size.ts";`, /renames/],
      [`import all from "./size.ts";`, /cannot be joined/],
      [`export default 1;`, /cannot be joined/],
      [`import { x } from "./circle.ts";\nexport const x = 1;`, /circle/],
    ];
    for (const [text, message] of cases) {
      const entry = write({ "circle.ts": text });
      expect(() => joinModules(entry), text).toThrow(message);
    }
  });
});
