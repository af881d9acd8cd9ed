/** Published cases (phenopackets) as the benchmark takes them, read from the shared archive. */
import { execFileSync } from "node:child_process";
import { sharedData } from "../testing/hpo-files.ts";

export interface Case {
  id: string;
  disease: string;
  pmid: string;
  observed: string[];
  excluded: string[];
  sex?: string;
  age?: string;
}

interface Phenopacket {
  id: string;
  subject?: { sex?: string; timeAtLastEncounter?: { age?: { iso8601duration?: string } } };
  phenotypicFeatures?: { type: { id: string }; excluded?: boolean }[];
  interpretations?: { diagnosis?: { disease?: { id: string } } }[];
  metaData?: { externalReferences?: { id: string }[] };
}

export function readCases(): Case[] {
  const archive = sharedData("phenopackets/phenopackets-dev.tar.gz");
  const text = execFileSync("tar", ["xzOf", archive], { maxBuffer: 2 ** 30, encoding: "utf8" });
  return splitObjects(text).flatMap((json) => {
    const packet = JSON.parse(json) as Phenopacket;
    const disease = packet.interpretations?.[0]?.diagnosis?.disease?.id;
    if (!disease) return [];
    const features = packet.phenotypicFeatures ?? [];
    return [
      {
        id: packet.id,
        disease,
        pmid: packet.metaData?.externalReferences?.[0]?.id ?? "",
        observed: features.filter((f) => !f.excluded).map((f) => f.type.id),
        excluded: features.filter((f) => f.excluded).map((f) => f.type.id),
        sex: packet.subject?.sex,
        age: packet.subject?.timeAtLastEncounter?.age?.iso8601duration,
      },
    ];
  });
}

/** The archive's files one after the other: JSON objects, told apart by their braces. */
function splitObjects(text: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let start = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c === "\\") i++;
      else if (c === '"') quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === "{" && depth++ === 0) start = i;
    else if (c === "}" && --depth === 0) found.push(text.slice(start, i + 1));
  }
  return found;
}
