/** Questions of this project, as `synth questions` writes them. */
import { QuestionRow } from "../../schemas/index.ts";
import { BadDataSet, COMMONEST_GOLD, type Benchmark } from "./benchmark.ts";
import { jsonLines, readDataFile } from "./files.ts";

const EXPECTED =
  "questions as `synth questions` writes them: JSONL of {id, question, answer, aliases, hops, specialty, knowledge, proof}";

export const gym: Benchmark = {
  name: "gym",
  title: "Synthesised questions with proofs",
  scorer: "exact",
  access: "open",
  file: "JSONL of `synth questions`",
  repeats: 1,
  blocked: [],
  load(path) {
    const file = readDataFile(path, EXPECTED);
    const ids = new Set<string>();
    const made = new Set<string>();
    const tasks = jsonLines(file, EXPECTED).map(({ line, value }) => {
      const row = QuestionRow.safeParse(value);
      if (!row.success) {
        const { path: at, message } = row.error.issues[0]!;
        throw new BadDataSet(file.name, EXPECTED, `line ${line}, ${at.join(".") || "row"}: ${message}`);
      }
      const { id, question, answer, aliases, specialty, proof } = row.data;
      if (ids.has(id)) throw new BadDataSet(file.name, EXPECTED, `line ${line}: the id ${id} a second time`);
      ids.add(id);
      made.add(row.data.knowledge);
      return { id, question, gold: answer, aliases, group: specialty, cluster: proof.seed };
    });
    if (tasks.length === 0) throw new BadDataSet(file.name, EXPECTED, "an empty file");
    const [knowledge] = made.size === 1 ? made : [];
    return { digest: file.digest, tasks, notes: [], ...(knowledge ? { knowledge } : {}) };
  },
  constant: COMMONEST_GOLD,
};
