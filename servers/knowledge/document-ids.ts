/** Ids as people and models write them, in the one spelling that documents carry. */

const ADDRESSES: readonly (readonly [RegExp, (found: string) => string])[] = [
  [/^https?:\/\/(?:pubmed\.ncbi\.nlm\.nih\.gov|(?:www\.)?ncbi\.nlm\.nih\.gov\/pubmed)\/(\d+)/i, (n) => `PMID:${n}`],
  [/^https?:\/\/(?:www\.)?europepmc\.org\/(?:article|abstract)\/med\/(\d+)/i, (n) => `PMID:${n}`],
  [
    /^https?:\/\/(?:pmc\.ncbi\.nlm\.nih\.gov\/articles|(?:www\.)?ncbi\.nlm\.nih\.gov\/pmc\/articles|(?:www\.)?europepmc\.org\/(?:article|articles)(?:\/pmc)?)\/(PMC\d+)/i,
    (n) => `PMC:${n.toUpperCase()}`,
  ],
  [
    /^https?:\/\/(?:www\.|classic\.)?clinicaltrials\.gov\/(?:ct2\/show|study)\/(nct\d{8})/i,
    (n) => `NCT:${n.toUpperCase()}`,
  ],
  [/^https?:\/\/dailymed\.nlm\.nih\.gov\/.*\bsetid=([\da-f-]{36})/i, (n) => `SPL:${n.toLowerCase()}`],
];

const SPELLINGS: readonly (readonly [RegExp, (found: string) => string])[] = [
  [/^(?:pmid|pubmed)?[\s:]*(\d{1,9})$/i, (n) => `PMID:${Number(n)}`],
  [/^(?:pmc(?:id)?[\s:]*)?pmc[\s:]*(\d+)(?:\.\d+)?$/i, (n) => `PMC:PMC${Number(n)}`],
  [/^(?:nct[\s:]*)+(\d{8})$/i, (n) => `NCT:NCT${n}`],
  [/^(?:doi[\s:]*|https?:\/\/(?:dx\.)?doi\.org\/)*(10\.\d{4,9}\/\S+)$/i, (n) => `DOI:${n}`],
  [/^(?:spl|setid|set id)?[\s:]*([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/i, (n) => `SPL:${n.toLowerCase()}`],
  [/^(?:nda[\s:]*)?((?:nda|anda|bla)[\s:#-]*\d{2,3}[\s-]?\d{3})$/i, applicationId],
  [/^(?:rxcui|rxnorm|rxnav)[\s:]+(\d+)$/i, (n) => `RXCUI:${n}`],
  // Labels carry the product; the last part says how it is packed.
  [/^(?:ndc[\s:#]*)?(\d{4,5}-\d{3,4})(?:-\d{1,2})?$/i, (n) => `NDC:${n}`],
  [/^(?:recall[\s:]*)?([dfz]-\d{3,5}-\d{4})$/i, (n) => `RECALL:${n.toUpperCase()}`],
];

/** `NDA 21-588`, `nda021588`, `ANDA 076543`. */
function applicationId(found: string): string {
  const [, kind = "", number = ""] = /^([a-z]+)(.*)$/i.exec(found) ?? [];
  return `NDA:${kind.toUpperCase()}${number.replaceAll(/\D/g, "").padStart(6, "0")}`;
}

/** `22663011`, `pmid 22663011` → `PMID:22663011`; `PMC3040717` → `PMC:PMC3040717`; addresses of records; others with their prefix in capitals. */
export function canonicalId(id: string): string {
  const text = id.trim().replace(/^<(.*)>$/, "$1");
  for (const [pattern, write] of [...ADDRESSES, ...SPELLINGS]) {
    const found = pattern.exec(text)?.[1];
    if (found) return write(found);
  }
  return text.replace(/^([a-z]+)\s*:\s*(?!\/\/)/i, (_, prefix: string) => `${prefix.toUpperCase()}:`);
}

/** `PMID` of `PMID:22663011`; empty where there is none. */
export function prefixOf(id: string): string {
  return id.slice(0, Math.max(0, id.indexOf(":")));
}

/** Whether a document is the record of this id, not one that names it: a paper carries its trial's number, an abstract the id of the full text. */
export function isRecordOf(document: { id: string }, canonical: string): boolean {
  return document.id === canonical || !/^(?:NCT|PMC|RXCUI|NDA):/.test(canonical);
}

/** What a store may know the same thing by: identifiers are kept by their kind. */
export function aliasesOf(canonical: string): string[] {
  const rest = canonical.slice(canonical.indexOf(":") + 1);
  switch (prefixOf(canonical)) {
    case "PMC":
      return [canonical, `PMCID:${rest}`];
    case "DOI":
      return [...new Set([canonical, `DOI:${rest.toLowerCase()}`, `DOI:${rest.toUpperCase()}`])];
    case "SPL":
      return [canonical, `SETID:${rest}`];
    case "NDA":
      return [canonical, `APPLICATION:${rest}`];
    default:
      return [canonical];
  }
}
