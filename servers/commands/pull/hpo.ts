/** The Human Phenotype Ontology: the three files of its newest release, and Orphanet's frequencies beside them. */
import { baseOf, type PullKind } from "./kind.ts";

const PURL = "https://purl.obolibrary.org/obo";
const ORPHADATA = "https://www.orphadata.com/data/xml";

export const hpo: PullKind = {
  kind: "hpo",
  describe: "Human Phenotype Ontology, its annotations and genes; Orphanet's table of phenotypes",
  // oxlint-disable-next-line require-await -- a walk that needs not wait
  async *files() {
    const obo = baseOf("HPO_URL", PURL);
    yield { name: "hp.json", url: new URL("hp.json", obo) };
    for (const name of ["phenotype.hpoa", "genes_to_phenotype.txt"]) {
      yield { name, url: new URL(`hp/hpoa/${name}`, obo) };
    }
    const name = "en_product9_prev.xml";
    yield { name, url: new URL(name, baseOf("ORPHADATA_URL", ORPHADATA)) };
  },
};
