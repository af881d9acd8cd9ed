/** When two results are one page, one paper, one trial. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeRankings } from "../merge.ts";
import type { WebHit } from "../providers/index.ts";
import { identifiersIn } from "./paper.ts";
import { unwrapped } from "./unwrap.ts";

const hit = (url: string, title = url, more: Partial<WebHit> = {}): WebHit => ({ url, title, snippet: "", ...more });
const identifiersOf = (url: string) => identifiersIn(new URL(url));
const wrap = (url: string) => `https://www.google.com/url?q=${encodeURIComponent(url)}`;
const merged = (...hits: WebHit[]) => mergeRankings([{ provider: "p", hits }]);
const urls = (...hits: WebHit[]) => merged(...hits).map(({ url }) => url);

describe("one page", () => {
  it.each([
    ["http://example.org/a", "https://www.example.org/a/"],
    ["https://m.example.org/a", "https://example.org/a"],
    ["https://mobile.example.org/a", "https://example.org/a"],
    ["https://en.m.wikipedia.org/wiki/A", "https://en.wikipedia.org/wiki/A"],
    ["https://example.org/a/amp/", "https://example.org/a"],
    ["https://amp.example.org/a", "https://example.org/a"],
    ["https://example.org/amp/a", "https://example.org/a"],
    ["https://example.org/a.amp.html", "https://example.org/a.html"],
    ["https://example.org/a?outputType=amp", "https://example.org/a"],
    ["https://example-org.cdn.ampproject.org/c/s/example.org/a", "https://example.org/a"],
    ["https://www.google.com/amp/s/example.org/a", "https://example.org/a"],
    ["https://www.google.co.uk/url?q=https://example.org/a&sa=U", "https://example.org/a"],
    ["https://duckduckgo.com/l/?uddg=https%3A%2F%2Fexample.org%2Fa", "https://example.org/a"],
    ["https://example.org/a?utm_source=x&fbclid=1&gclid=2&srsltid=3", "https://example.org/a"],
    ["https://example.org/a?b=1&c=2", "https://example.org/a?c=2&b=1"],
    ["https://example.org/a/index.html", "https://example.org/a"],
    ["https://example.org/a#part", "https://example.org/a"],
  ])("%s and %s; the address is the plain one, whichever came first", (one, other) => {
    expect(urls(hit(one), hit(other))).toHaveLength(1);
    const [plain] = urls(hit(one), hit(other));
    expect(plain).not.toMatch(/\bamp\b|^http:|\/\/m\.|utm|google|duckduckgo|mobile/);
  });

  it.each([
    ["https://example.org/a", "https://example.org/b"],
    ["https://example.org/a?id=1", "https://example.org/a?id=2"],
    ["https://de.wikipedia.org/wiki/A", "https://en.wikipedia.org/wiki/A"],
    ["https://example.org/a", "https://example.com/a"],
    ["https://example.org/example", "https://example.org/ex"],
    ["https://m.com/a", "https://com/a"],
  ])("not %s and %s", (one, other) => expect(urls(hit(one), hit(other))).toHaveLength(2));
});

describe("one paper", () => {
  const TITLE = "Angiotensin–neprilysin inhibition versus enalapril in heart failure";

  it.each([
    ["https://doi.org/10.1056/NEJMoa1409077", "https://www.nejm.org/doi/full/10.1056/nejmoa1409077"],
    ["https://dx.doi.org/10.1002/ejhf.1", "https://onlinelibrary.wiley.com/doi/epdf/10.1002/ejhf.1"],
    ["https://www.nature.com/articles/s41586-020-2649-2.pdf", "https://doi.org/10.1038/s41586-020-2649-2"],
    ["https://link.springer.com/article/10.1007/s00125-1", "https://doi.org/10.1007/S00125-1"],
    ["https://pubmed.ncbi.nlm.nih.gov/25176015/", "https://www.ncbi.nlm.nih.gov/pubmed/25176015"],
    ["https://europepmc.org/article/MED/25176015", "https://pubmed.ncbi.nlm.nih.gov/25176015/?format=abstract"],
    [
      "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC3040717/",
      "https://pmc.ncbi.nlm.nih.gov/articles/pmc3040717/pdf/x.pdf",
    ],
    ["https://clinicaltrials.gov/ct2/show/NCT01035255", "https://clinicaltrials.gov/study/NCT01035255"],
    [
      "https://www.medrxiv.org/content/10.1101/2020.01.01.1v2",
      "https://www.medrxiv.org/content/10.1101/2020.01.01.1v1.full.pdf",
    ],
  ])("%s and %s", (one, other) => expect(urls(hit(one), hit(other))).toHaveLength(1));

  it("is told by its title where the identifiers are of two libraries, and has them all", () => {
    const [paper, ...more] = merged(
      hit("https://pubmed.ncbi.nlm.nih.gov/25176015/", `${TITLE} - PubMed`, { published: "2014" }),
      hit("https://www.nejm.org/doi/full/10.1056/NEJMoa1409077", `${TITLE} | NEJM`, { published: "2014-09-11" }),
    );
    expect(more).toEqual([]);
    expect(paper).toMatchObject({
      identifiers: { pmid: "25176015", doi: "10.1056/nejmoa1409077" },
      published: "2014-09-11",
    });
  });

  it("is not two papers of one title, nor a page elsewhere that has the same", () => {
    expect(
      urls(hit("https://pubmed.ncbi.nlm.nih.gov/1/", TITLE), hit("https://pubmed.ncbi.nlm.nih.gov/2/", TITLE)),
    ).toHaveLength(2);
    expect(urls(hit("https://pubmed.ncbi.nlm.nih.gov/1/", TITLE), hit("https://blog.example/x", TITLE))).toHaveLength(
      2,
    );
    expect(
      urls(hit("https://www.nejm.org/a", "Heart failure"), hit("https://www.bmj.com/b", "Heart failure")),
    ).toHaveLength(2);
  });

  it("has the identifiers that stand in its address, and no others", () => {
    expect(
      identifiersOf("https://dailymed.nlm.nih.gov/dailymed/drugInfo.cfm?setid=7D0A3D8B-1111-2222-3333-444455556666"),
    ).toEqual({
      setid: "7d0a3d8b-1111-2222-3333-444455556666",
    });
    for (const url of [
      "https://example.org/25176015",
      "https://clinicaltrials.gov/",
      "https://doi.org/",
      "https://www.nature.com/articles/x",
    ])
      expect(identifiersOf(url)).toEqual({});
  });
});

describe("merging", () => {
  it("counts a page once for each provider, and a page that two know above one that one knows", () => {
    const [first, second] = mergeRankings([
      { provider: "a", hits: [hit("https://x.example/1"), hit("https://x.example/2"), hit("https://x.example/2/")] },
      { provider: "b", hits: [hit("http://x.example/2", "2", { snippet: "longer" })] },
    ]);
    expect(first).toMatchObject({ url: "https://x.example/2", providers: ["a", "b"], snippet: "longer" });
    expect(second).toMatchObject({ url: "https://x.example/1", providers: ["a"] });
  });

  it("takes any address without failing, and gives web addresses alone", () => {
    const address = fc.oneof(
      fc.webUrl({ withQueryParameters: true }),
      fc.string(),
      fc.constantFrom("http://[::1", "https://doi.org/%"),
    );
    fc.assert(
      fc.property(fc.array(address), (addresses) => {
        const results = merged(...addresses.map((url) => hit(url)));
        expect(results.every(({ url }) => /^https?:/.test(url))).toBe(true);
        // Merging what was merged changes nothing.
        expect(merged(...results.map(({ url, title }) => hit(url, title)))).toHaveLength(results.length);
      }),
      { numRuns: 40 },
    );
  });

  it("follows wrapped addresses three deep and no further", () => {
    expect(unwrapped(wrap(wrap("https://x.example/")))!.href).toBe("https://x.example/");
    expect(unwrapped(wrap(wrap(wrap(wrap("https://x.example/")))))!.hostname).toBe("www.google.com");
    expect(unwrapped(wrap("javascript:alert(1)"))).toBeUndefined();
  });
});
