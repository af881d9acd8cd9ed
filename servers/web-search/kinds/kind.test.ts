import { describe, expect, it } from "vitest";
import { liesIn } from "../question/sites.ts";
import { HOSTS } from "./hosts.ts";
import { kindOfSite } from "./kind.ts";

describe("the kind of a site, and from what it is known", () => {
  it.each([
    ["https://www.fda.gov/drugs/x", "regulator", "fda.gov is a regulator"],
    ["https://dailymed.nlm.nih.gov/dailymed/drugInfo.cfm?setid=1", "regulator", "dailymed.nlm.nih.gov"],
    ["https://www.nice.org.uk/guidance/ng28", "guideline_body", "nice.org.uk is a body that writes guidelines"],
    ["https://www.gov.uk/drug-safety-update/x", "regulator", "gov.uk/drug-safety-update"],
    ["https://www.gov.uk/passports", "other", "no rule knows www.gov.uk"],
    ["https://clinicaltrials.gov/study/NCT01035255", "registry", "clinicaltrials.gov is a registry"],
    ["https://trialsearch.who.int/x", "registry", "trialsearch.who.int is a registry"],
    ["https://www.who.int/publications/i/item/1", "guideline_body", "who.int"],
    ["https://www.ncbi.nlm.nih.gov/clinvar/variation/1", "registry", "ncbi.nlm.nih.gov/clinvar"],
    ["https://www.ncbi.nlm.nih.gov/pmc/articles/PMC1/", "journal", "ncbi.nlm.nih.gov/pmc"],
    ["https://onlinelibrary.wiley.com/doi/full/10.1002/x", "journal", "wiley.com is a journal, publisher"],
    ["https://journal.unknown.example/doi/abs/10.1234/x.5", "journal", "the path holds a DOI"],
    ["https://www.novartis.com/news/x", "company", "novartis.com is a company"],
    ["https://investors.small.example/", "company", "for investors"],
    ["https://www.acmetherapeutics.com/pipeline", "company", "the name of the host"],
    ["https://www.reuters.com/x", "news", "reuters.com is a news site"],
    ["https://news.university.example/x", "news", "the name of the host"],
    ["https://en.wikipedia.org/wiki/X", "other", "no rule knows en.wikipedia.org"],
    ["https://fda.gov.evil.example/", "other", "no rule"],
    ["https://notnovartis.com/", "other", "no rule"],
  ])("%s: %s", (address, type, reason) => {
    const kind = kindOfSite(address);
    expect(kind).toMatchObject({ type, typeFrom: expect.stringContaining(reason) });
  });

  it("each host is listed once, as a name that addresses can have, and is of the kind under which it stands", () => {
    const all = Object.entries(HOSTS).flatMap(([type, hosts]) =>
      hosts
        .trim()
        .split(/\s+/)
        .map((site) => ({ type, site })),
    );
    expect(new Set(all.map(({ site }) => site)).size).toBe(all.length);
    for (const { type, site } of all) {
      const address = `https://${site}`;
      expect(liesIn(new URL(address), site), site).toBe(true);
      expect(kindOfSite(address).type, site).toBe(type);
    }
  });
});
