/** The identifiers of a paper, trial or label that stand in the address of a page about it. */

export interface Identifiers {
  doi?: string;
  pmid?: string;
  pmcid?: string;
  nct?: string;
  setid?: string;
}

export function identifiersIn(url: URL): Identifiers {
  const host = url.hostname.replace(/^(?:www|m|dx)\./, "");
  const path = decoded(url.pathname);
  return { ...ofLibraries(host, path), ...ofRegisters(host, path, url), ...doiIn(host, path) };
}

function ofLibraries(host: string, path: string): Identifiers {
  if (host === "pubmed.ncbi.nlm.nih.gov") return only("pmid", /^\/(\d{1,9})\b/.exec(path));
  if (host === "ncbi.nlm.nih.gov" || host === "pmc.ncbi.nlm.nih.gov") {
    const pmc = /\/articles\/(PMC\d+)/i.exec(path);
    return pmc ? only("pmcid", pmc) : only("pmid", /^\/pubmed\/(\d{1,9})\b/.exec(path));
  }
  if (host === "europepmc.org") {
    const pmc = /\/(PMC\d+)/i.exec(path);
    return pmc ? only("pmcid", pmc) : only("pmid", /\/(?:article|abstract)\/med\/(\d{1,9})\b/i.exec(path));
  }
  return {};
}

function ofRegisters(host: string, path: string, { searchParams }: URL): Identifiers {
  if (host === "clinicaltrials.gov") return only("nct", /\b(NCT\d{8})\b/i.exec(path));
  if (host !== "dailymed.nlm.nih.gov") return {};
  return only("setid", /^([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/i.exec(searchParams.get("setid") ?? ""));
}

function doiIn(host: string, path: string): Identifiers {
  if (host === "doi.org") return only("doi", /^\/(10\.\d{4,9}\/\S+?)\/?$/.exec(path));
  // Nature's own addresses are the second half of its DOIs.
  const nature = host === "nature.com" ? /^\/articles\/(s?\d{5}[\w-]+)(?:\.pdf)?\/?$/.exec(path) : null;
  if (nature) return { doi: `10.1038/${nature[1]!.toLowerCase()}` };
  const named = /\/(?:doi|article|articles|chapter|content)\/(?:\w+\/)?(10\.\d{4,9}\/[^?#]+?)\/?$/i.exec(path)?.[1];
  return named ? { doi: plainDoi(named) } : {};
}

/** Without what publishers append for another form of the same paper. */
function plainDoi(doi: string): string {
  return doi
    .toLowerCase()
    .replace(/\/(?:full|abstract|pdf|epdf|html|fulltext|meta|references|summary)$/, "")
    .replace(/\.(?:pdf|full(?:\.pdf)?|abstract)$/, "")
    .replace(/v\d+(?=$)/, (version) => (/10\.1101\//.test(doi) ? "" : version));
}

function only(name: keyof Identifiers, match: RegExpExecArray | null): Identifiers {
  if (!match) return {};
  const id = match[1]!;
  return {
    [name]: name === "pmcid" || name === "nct" ? id.toUpperCase() : name === "doi" ? plainDoi(id) : id.toLowerCase(),
  };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
