/** Collects as a process of its own, to be killed: `node collect-process.ts QUESTIONS OUT`. */
import { QuestionRow } from "../../schemas/index.ts";
import { readRows } from "../jsonl.ts";
import { collectTo } from "./collecting.ts";

const [questions, out] = process.argv.slice(2);
const { done, wanted } = await collectTo(out!, readRows(questions!, QuestionRow), { perQuestion: 5 });
process.stdout.write(`${done}/${wanted}\n`);
