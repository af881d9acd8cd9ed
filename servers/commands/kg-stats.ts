/** `medresearcher kg stats`: what a graph is made of. */
import { Command } from "commander";
import type { GraphStats } from "../knowledge/graph-stats.ts";

export function kgStatsCommand(): Command {
  return new Command("stats")
    .description("Counts by category, predicate and source; degrees, components, and how much has evidence.")
    .option("--knowledge <name>", "knowledge folder: starter, home, gym:SEED")
    .option("--json", "print one JSON value")
    .action(async (options: { knowledge?: string; json?: boolean }) => {
      const { openKnowledge } = await import("../knowledge/index.ts");
      const { graphStats } = await import("../knowledge/graph-stats.ts");
      const knowledge = openKnowledge(options.knowledge);
      try {
        const stats = graphStats(knowledge.graph);
        const { name } = knowledge;
        process.stdout.write(
          options.json ? `${JSON.stringify({ knowledge: name, ...stats }, null, 2)}\n` : statsText(name, stats),
        );
      } finally {
        knowledge.close();
      }
    });
}

function statsText(name: string, stats: GraphStats): string {
  const { degrees, components, evidence } = stats;
  const lines = [
    `${name}: ${count(stats.entities)} entities, ${count(stats.relations)} relations (${count(stats.negated)} negated, ${count(stats.qualified)} with context)`,
    `evidence: ${count(evidence.pieces)} pieces for ${count(evidence.relations)} relations (${(100 * evidence.share).toFixed(1)} %), ${count(evidence.withTwoDocuments)} from two documents or more`,
    `degrees: median ${degrees.median}, 90 % ≤ ${count(degrees.p90)}, 99 % ≤ ${count(degrees.p99)}, ${count(degrees.none)} without relations`,
    `components: ${count(components.count)}, the largest of ${count(components.largest)} entities, ${count(components.alone)} of one alone`,
    ...table("categories", stats.categories, (c) => [c.category, count(c.count)]),
    ...table("predicates", stats.predicates, (p) => [
      p.predicate,
      `${count(p.count)}, ${count(p.withEvidence)} with evidence from ${count(p.documents)} documents`,
    ]),
    ...table("sources of evidence", stats.sources, (s) => [
      s.source,
      `${count(s.evidence)} pieces from ${count(s.documents)} documents`,
    ]),
    ...table("most relations", degrees.most, (e) => [`${e.name.slice(0, 60)} (${e.id})`, count(e.degree)]),
  ];
  return `${lines.join("\n")}\n`;
}

function table<T>(title: string, items: readonly T[], cells: (item: T) => [string, string]): string[] {
  const rows = items.map(cells);
  const width = Math.max(0, ...rows.map(([label]) => label.length));
  return ["", title, ...rows.map(([label, value]) => `  ${label.padEnd(width)}  ${value}`)];
}

function count(value: number): string {
  return value.toLocaleString("en");
}
