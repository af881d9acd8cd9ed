/** xBench-DeepSearch: prompt, answer and steps of each row are XORed with its canary. Decrypted text lives in memory alone. */
import type { Task } from "../../schemas/index.ts";
import { BadDataSet, COMMONEST_GOLD, type Benchmark } from "./benchmark.ts";
import { csvRows, decodeUtf8, fromBase64, readDataFile } from "./files.ts";

const COLUMNS = ["id", "prompt", "answer", "reference_steps", "canary"];
const ROWS = 100;

export function xbench(version: "2505" | "2510"): Benchmark {
  const first = version === "2505" ? 1 : 101;
  const expected = `DeepSearch-${version}.csv: the columns ${COLUMNS.join(", ")} and the ids ${first} to ${first + ROWS - 1}`;
  return {
    name: `xbench-deepsearch-${version}`,
    title: `xBench-DeepSearch ${version}`,
    scorer: "xbench",
    access: "encrypted",
    size: ROWS,
    file: `DeepSearch-${version}.csv`,
    repeats: 5,
    blocked: [
      "github.com/xbench-ai/xbench-evals",
      "raw.githubusercontent.com/xbench-ai",
      "huggingface.co/datasets/xbench/",
    ],
    load(path) {
      const file = readDataFile(path, expected);
      const [header, ...rows] = csvRows(file, expected);
      if (header?.join() !== COLUMNS.join()) {
        throw new BadDataSet(
          file.name,
          expected,
          `the columns ${header?.slice(0, 8).join(", ").slice(0, 120) ?? "(none)"}`,
        );
      }
      const ids = rows.map(([id]) => Number(id));
      const range =
        ids.length === 0 ? "no rows" : `${ids.length} rows with the ids ${Math.min(...ids)} to ${Math.max(...ids)}`;
      if (ids.length !== ROWS || !ids.every((id, i) => id === first + i))
        throw new BadDataSet(file.name, expected, range);
      const tasks = rows.map(([id, prompt, answer, , canary]): Task => {
        const text = (cell: string) =>
          decrypt(
            cell,
            canary!,
            () => new BadDataSet(file.name, expected, `row ${id}, which its canary does not decrypt`),
          );
        return { id: id!, question: text(prompt!), gold: text(answer!), aliases: [], group: "" };
      });
      return {
        digest: file.digest,
        tasks,
        notes: version === "2505" ? ["2505 is near saturation; 2510 tells systems apart"] : [],
      };
    },
    constant: COMMONEST_GOLD,
  };
}

/** Base64 → XOR with the canary's UTF-8 bytes, repeated → UTF-8. */
export function decrypt(cell: string, canary: string, bad: () => Error): string {
  const bytes = fromBase64(cell);
  const key = Buffer.from(canary, "utf8");
  if (!bytes || key.length === 0) throw bad();
  try {
    return decodeUtf8(bytes.map((byte, i) => byte ^ key[i % key.length]!));
  } catch {
    throw bad();
  }
}
