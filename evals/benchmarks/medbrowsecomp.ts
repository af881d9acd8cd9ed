/** MedBrowseComp: a CSV whose every cell, header included, is text shifted by three code points and then base64. */
import type { Task } from "../../schemas/index.ts";
import { BadDataSet, type Benchmark } from "./benchmark.ts";
import { csvRows, decodeUtf8, digestOf, fromBase64, readDataFile } from "./files.ts";

const SHIFT = 3;
const CODE_POINTS = 0x110000;
/** The third header of the 50 is the name of one of its tasks, yet the column holds the task. */
const TASK_HEADERS = ["task_name", "Applicant_Full_Name_prompt"];

export function medbrowsecomp(size: 50 | 605): Benchmark {
  const file = size === 50 ? "final50_cell_combo_shift3_b64.csv" : "final121_cell_combo_shift3_b64.csv";
  const expected = `${file}: ${size} rows of prompt, gold, task, each cell base64 of text shifted by ${SHIFT}`;
  return {
    name: `medbrowsecomp-${size}`,
    title: `MedBrowseComp, ${size} questions`,
    scorer: "medbrowsecomp",
    access: "obfuscated",
    size,
    file,
    repeats: 1,
    blocked: [
      "github.com/shan23chen/medbrowsecomp",
      "raw.githubusercontent.com/shan23chen/medbrowsecomp",
      "huggingface.co/datasets/aim-harvard/medbrowsecomp",
      "moreirap12.github.io/mbc-browse-app",
    ],
    load(path) {
      const data = readDataFile(path, expected);
      const [header, ...rows] = csvRows(data, expected).map((row) =>
        row.map((cell) => decoded(cell, data.name, expected)),
      );
      if (
        header?.length !== 3 ||
        header[0] !== "prompt" ||
        header[1] !== "gold" ||
        !TASK_HEADERS.includes(header[2]!)
      ) {
        throw new BadDataSet(data.name, expected, `the columns ${header?.slice(0, 8).join(", ") || "(none)"}`);
      }
      if (rows.length !== size) throw new BadDataSet(data.name, expected, `${rows.length} rows`);
      return {
        digest: data.digest,
        tasks: withClusters(rows.map(([prompt, gold, task], i) => taskOf(i, prompt!, gold!, task!))),
        notes: [],
      };
    },
    constant: {
      what: "NOT LISTED for every price, NA for everything else",
      of: () => (task) => (task.group === "Open_on_Approval" ? "NOT LISTED" : "NA"),
    },
  };
}

function decoded(cell: string, name: string, expected: string): string {
  const bytes = fromBase64(cell);
  try {
    if (!bytes) throw new TypeError("no base64");
    return Array.from(decodeUtf8(bytes), (c) =>
      String.fromCodePoint((c.codePointAt(0)! - SHIFT + CODE_POINTS) % CODE_POINTS),
    ).join("");
  } catch {
    throw new BadDataSet(name, expected, "a cell that is not encoded so");
  }
}

/** The prompt stays as it is, with the quotes and the literal \n of the 50. */
function taskOf(index: number, question: string, gold: string, task: string): Task {
  return { id: String(index + 1).padStart(3, "0"), question, gold, aliases: [], group: task.replace(/_prompt$/, "") };
}

/** The trial and the first letter of the ingredient: what the five questions of one chain share. */
function about({ question }: Task): string {
  const trial = /NCT\d{8}/.exec(question)?.[0] ?? "";
  return `${trial} ${/\bstarts? with (?:the letter )?'?([A-Z])\b/.exec(question)?.[1] ?? ""}`;
}

/** Questions about one ingredient stand and fall together; the ingredient is the gold of the trial's first question. */
function withClusters(tasks: Task[]): Task[] {
  const ingredients = new Map(
    tasks.filter(({ group }) => group === "Ingredient").map((task) => [about(task), task.gold]),
  );
  // A digest: the cluster is written beside the results, the gold is not.
  return tasks.map((task) => ({
    ...task,
    cluster: digestOf(ingredients.get(about(task)) ?? about(task)).slice(0, 12),
  }));
}
