/**
 * Tests take no settings of whoever runs them: a key, a server or an embedder that the shell names for the product would
 * make them test something else. A real Meilisearch is for the tests of indexes alone, which find it under another name.
 */
const OTHERS = /^(?:NCBI|OPENFDA|BRAVE|TAVILY|SERPER|OPENAI)_/;
const SOURCES = "PUBMED ICITE IDCONV EUROPEPMC PMC PMC_OA OPENFDA DAILYMED CLINICALTRIALS RXNAV SEARXNG WIKIPEDIA";
const ADDRESSES = new Set([...SOURCES.split(" ").map((name) => `${name}_URL`), "MEILISEARCH_URL", "MEILISEARCH_KEY"]);
/** Where things lie is no setting of what they do. */
const PLACES = new Set(["MEDRESEARCHER_HOME", "MEDRESEARCHER_TEST_HOME", "MEDRESEARCHER_PYTHON"]);

for (const name of ["MEILISEARCH_URL", "MEILISEARCH_KEY"])
  if (process.env[name]) process.env[`TESTED_${name}`] = process.env[name];
for (const name of Object.keys(process.env)) {
  const isOurs = name.startsWith("MEDRESEARCHER_") && !PLACES.has(name);
  if (isOurs || OTHERS.test(name) || ADDRESSES.has(name)) delete process.env[name];
}
