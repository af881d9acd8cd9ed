/** The texts that the cells of a workbook share. */
import { damaged } from "../../failures.ts";
import type { OfficePackage } from "../package.ts";

/** Of all texts together; beyond it they are missing, and the cells that need them say so. */
const MOST_CHARACTERS = 24_000_000;
const MOST_STRINGS = 1_500_000;

/** Empty where the workbook has none. */
export async function sharedStrings(parts: OfficePackage, path: string): Promise<string[]> {
  const strings: string[] = [];
  if (!parts.has(path)) return strings;
  let characters = 0;
  let text = "";
  let inText = false;
  let inPhonetic = false;
  const { problem } = await parts.stream(
    path,
    {
      open(name) {
        if (name === "si") text = "";
        else if (name === "rPh") inPhonetic = true;
        else if (name === "t") inText = !inPhonetic;
      },
      close(name) {
        if (name === "t") inText = false;
        else if (name === "rPh") inPhonetic = false;
        else if (name === "si") {
          strings.push(text);
          characters += text.length;
        }
      },
      text(value) {
        if (inText) text += value;
      },
    },
    () => characters > MOST_CHARACTERS || strings.length > MOST_STRINGS,
  );
  if (problem) throw damaged("workbook", new Error(`${path}: ${problem}`));
  return strings;
}
