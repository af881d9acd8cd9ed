/** `medresearcher kg export`: the graph, or a piece of it, for other programs. */
import { Command, InvalidArgumentError, Option } from "commander";
import { EXPORT_FORMATS, type ExportFormat } from "../knowledge/exports/index.ts";

interface Options {
  format: ExportFormat;
  out: string;
  knowledge?: string;
  around?: string[];
  depth: number;
  json?: boolean;
}

export function kgExportCommand(): Command {
  const formats = Object.entries(EXPORT_FORMATS).map(([name, what]) => `  ${name.padEnd(9)}  ${what}`);
  return new Command("export")
    .description("Writes the graph, or what lies around some entities, in a form that other programs read.")
    .addOption(new Option("--format <format>", "form").choices(Object.keys(EXPORT_FORMATS)).makeOptionMandatory())
    .requiredOption("--out <path>", "file to write; for KGX a folder")
    .option("--knowledge <name>", "knowledge folder: starter, home, gym:SEED")
    .option("--around <id...>", "only what lies around these entities")
    .option("--depth <steps>", "steps from them", steps, 1)
    .option("--json", "print one JSON value")
    .addHelpText("after", `\nFormats:\n${formats.join("\n")}`)
    .action(async ({ format, out, knowledge: name, around, depth, json }: Options) => {
      const { openKnowledge } = await import("../knowledge/index.ts");
      const { exportGraph } = await import("../knowledge/exports/index.ts");
      const knowledge = openKnowledge(name);
      try {
        const done = exportGraph(knowledge, format, out, around ? { around, depth } : {});
        const counts = `${done.entities} entities, ${done.relations} relations${done.documents ? `, ${done.documents} documents` : ""}`;
        process.stdout.write(json ? `${JSON.stringify(done, null, 2)}\n` : `${counts} in ${done.files.join(", ")}\n`);
      } finally {
        knowledge.close();
      }
    });
}

function steps(value: string): number {
  const number = Number(value);
  if (!/^\d$/.test(value)) throw new InvalidArgumentError("steps are a number from 0 to 9.");
  return number;
}
