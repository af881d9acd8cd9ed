/** Collects as a process of its own, to be killed: `node collect-process.ts QUESTIONS OUT PER_QUESTION`. */
import { QuestionRow } from "../../schemas/index.ts";
import { readRows } from "../jsonl.ts";
import { collectTo } from "./collecting.ts";

const [questions, out, perQuestion] = process.argv.slice(2);
const { done, wanted } = await collectTo(out!, readRows(questions!, QuestionRow), {
  perQuestion: Number(perQuestion),
});
process.stdout.write(`${done}/${wanted}\n`);
