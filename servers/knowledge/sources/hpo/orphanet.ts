/**
 * Orphanet's epidemiology (`en_product9_prev.xml`): how many people have a disease. Of several statements the one that
 * holds most widely is kept: validated before not, point prevalence before prevalence at birth, worldwide before regional.
 */
import { SaxesParser } from "saxes";
import { readText } from "../text.ts";
import type { SourceContext } from "../source.ts";

export interface Prevalence {
  /** Share of people; of a class, the middle on a logarithmic scale. */
  share: number;
  /** As Orphanet words it: "1-9 / 100 000, Worldwide, point prevalence". */
  statement: string;
}

/** Middle of each class, log-uniform within it. */
const CLASSES: Record<string, number> = {
  ">1 / 1000": 2e-3,
  "6-9 / 10 000": Math.sqrt(6e-4 * 9e-4),
  "1-5 / 10 000": Math.sqrt(1e-4 * 5e-4),
  "1-9 / 100 000": Math.sqrt(1e-5 * 9e-5),
  "1-9 / 1 000 000": Math.sqrt(1e-6 * 9e-6),
  "<1 / 1 000 000": 3e-7,
};
/** Lower is better; other types (cases, incidence) do not say how many people have the disease. */
const TYPES = ["Point prevalence", "Prevalence at birth", "Lifetime Prevalence"];

/** A path of element names below `Disorder`, with the text of each leaf. */
type Leaves = Record<string, string>;

/** Prevalences by `ORPHA:` identifier. Disorders without a usable one are left out. @throws Error where the file is no such XML */
export async function readPrevalences(path: string, context: SourceContext): Promise<Map<string, Prevalence>> {
  const found = new Map<string, Prevalence & { order: number }>();
  let disorders = 0;
  const parser = new SaxesParser();
  const open: string[] = [];
  let code = "";
  let leaves: Leaves = {};
  let text = "";
  parser.on("opentag", ({ name }) => {
    open.push(name);
    text = "";
    if (name === "Disorder") code = "";
    if (name === "Prevalence") leaves = {};
  });
  parser.on("text", (piece) => (text += piece));
  parser.on("closetag", ({ name }) => {
    open.pop();
    const parent = open.at(-1);
    if (name === "OrphaCode" && parent === "Disorder") {
      code = text.trim();
      disorders++;
    } else if (name === "Name" && parent) leaves[parent] = text.trim();
    else if (name === "ValMoy") leaves["ValMoy"] = text.trim();
    else if (name === "Prevalence" && /^\d+$/u.test(code)) {
      const stated = prevalenceOf(leaves);
      const known = found.get(`ORPHA:${code}`);
      if (stated && (!known || stated.order < known.order)) found.set(`ORPHA:${code}`, stated);
    }
    text = "";
  });
  try {
    parser.write(await readText(path)).close();
  } catch (error) {
    throw new Error(`${path}: no whole XML file (${(error as Error).message.split("\n")[0]})`, { cause: error });
  }
  if (disorders === 0) throw new Error(`${path}: holds no Disorder; is it Orphanet's en_product9_prev.xml?`);
  if (found.size === 0) context.problem({ file: path, reason: "no disorder has a usable prevalence" });
  return found;
}

function prevalenceOf(leaves: Leaves): (Prevalence & { order: number }) | undefined {
  const type = leaves["PrevalenceType"] ?? "";
  const rank = TYPES.indexOf(type);
  const share = shareOf(leaves);
  if (rank < 0 || share === undefined) return undefined;
  const place = leaves["PrevalenceGeographic"] ?? "";
  const validated = leaves["PrevalenceValidationStatus"] === "Validated" ? 0 : 100;
  const region = place === "Worldwide" ? 0 : place === "Europe" ? 1 : 2;
  const words = [leaves["PrevalenceClass"], place, type.toLowerCase()].filter(Boolean).join(", ");
  return { share, statement: words, order: validated + 10 * rank + region };
}

/** The class, which is always given; within it the value where there is one (per 100,000 people). */
function shareOf(leaves: Leaves): number | undefined {
  const value = Number(leaves["ValMoy"] ?? 0) / 1e5;
  if (leaves["PrevalenceQualification"] === "Value and class" && value > 0 && value <= 1) return value;
  return CLASSES[leaves["PrevalenceClass"] ?? ""];
}
