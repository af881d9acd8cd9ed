/** One answer against its gold by the rules of a benchmark's family, without a judge to ask. */
import { scoreExact } from "./exact/index.ts";
import { scoreGaia } from "./gaia/index.ts";
import { scoreMedBrowseComp } from "./medbrowsecomp/index.ts";
import type { Mode, Score } from "./verdict.ts";
import { scoreXbench } from "./xbench/index.ts";

export type Family = "exact" | "gaia" | "medbrowsecomp" | "xbench";

export interface Answered {
  gold: string;
  /** null where the model gave none. */
  answer: string | null;
  aliases?: readonly string[];
  /** MedBrowseComp's task name. */
  group?: string;
  /** A judge's reply as it was received, to be read again (xBench). */
  judge?: string;
}

export function scoreByRule(family: Family, mode: Mode, { gold, answer, aliases, group, judge }: Answered): Score {
  switch (family) {
    case "exact":
      return scoreExact(answer ?? "", gold, aliases);
    case "gaia":
      return scoreGaia(answer, gold, mode);
    case "medbrowsecomp":
      return scoreMedBrowseComp(answer ?? "", gold, mode, group);
    default:
      return scoreXbench(answer ?? "", gold, mode, judge);
  }
}
