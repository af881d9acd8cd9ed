/**
 * `genes_to_phenotype.txt`: which gene belongs to which disease. The file repeats each pair for every feature of the
 * disease; only the pairs are kept, since the features come with their sources from the annotations.
 */
import { readLines } from "../text.ts";
import { RowProblems, type SourceContext } from "../source.ts";

export interface DiseaseGene {
  /** `NCBIGene:2200` */
  id: string;
  symbol: string;
  /** Who says so ("mim2gene", "orphadata"); releases since 2023 do not tell. */
  sources: string[];
}

/** Where the columns of interest stand. */
interface Layout {
  gene: number;
  symbol: number;
  source?: number;
  disease: number;
}
const UNTIL_2023: Layout = { gene: 0, symbol: 1, source: 7, disease: 8 };
const SINCE_2023: Layout = { gene: 0, symbol: 1, disease: 5 };

/** Genes by disease, in order of the file. @throws Error when the file is missing, torn, or holds no pair */
export async function readGenes(path: string, context: SourceContext): Promise<Map<string, DiseaseGene[]>> {
  const problems = new RowProblems(path, context);
  const diseases = new Map<string, DiseaseGene[]>();
  for await (const { number, text } of readLines(path)) {
    if (text === "" || text.startsWith("#") || text.startsWith("ncbi_gene_id")) continue;
    const row = text.split("\t");
    const layout = row.length >= 9 ? UNTIL_2023 : SINCE_2023;
    const [gene, symbol, disease] = [row[layout.gene], row[layout.symbol], row[layout.disease]];
    if (!gene || !/^(NCBIGene:)?\d+$/.test(gene) || !symbol || !disease || !/^[A-Za-z]+:\S+$/.test(disease)) {
      problems.add(number, `neither of the two known layouts (${row.length} columns)`);
      continue;
    }
    addPair(diseases, disease, `NCBIGene:${gene.replace("NCBIGene:", "")}`, symbol, sourceOf(row, layout));
  }
  if (diseases.size === 0) throw new Error(`${path}: holds no gene; is it genes_to_phenotype.txt?`);
  return diseases;
}

function sourceOf(row: string[], layout: Layout): string | undefined {
  return layout.source === undefined ? undefined : row[layout.source] || undefined;
}

function addPair(
  diseases: Map<string, DiseaseGene[]>,
  disease: string,
  id: string,
  symbol: string,
  source: string | undefined,
) {
  let genes = diseases.get(disease);
  if (!genes) diseases.set(disease, (genes = []));
  let gene = genes.find((g) => g.id === id);
  if (!gene) genes.push((gene = { id, symbol, sources: [] }));
  if (source && !gene.sources.includes(source)) gene.sources.push(source);
}
