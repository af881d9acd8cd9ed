import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ToolError } from "../../kit/failure.ts";
import { isoDate } from "./dates.ts";
import { isWithin, readFreshness } from "./freshness.ts";
import { readLanguage } from "./language.ts";
import { understand } from "./question.ts";
import { isWanted, readSites, withOperators } from "./sites.ts";

const NOW = Date.parse("2026-11-23T12:00:00Z");

describe("freshness", () => {
  it.each([
    ["week", { name: "week", from: "2026-11-16", to: "2026-11-23" }],
    ["past_month", { name: "month", from: "2026-10-23", to: "2026-11-23" }],
    ["Last year", { name: "year", from: "2025-11-23", to: "2026-11-23" }],
    ["2024-01-01..2024-06-30", { from: "2024-01-01", to: "2024-06-30" }],
    ["2024-01-01 to 2024-06-30", { from: "2024-01-01", to: "2024-06-30" }],
    ["2024-01-01..", { from: "2024-01-01" }],
    ["..2024-06-30", { to: "2024-06-30" }],
  ])("%s is %j", (text, span) => expect(readFreshness(text, NOW)).toEqual(span));

  it.each(["soon", "2024", "2024-13-01..2024-14-01", "2024-06-30..2024-01-01", "..", "2024-1-1..", "a..b..c"])(
    "%s is not understood, and says what would be",
    (text) => expect(() => readFreshness(text, NOW)).toThrow(/2024|not understood/),
  );

  it("a date is within, without, or not known well enough", () => {
    const span = { from: "2024-03-10", to: "2024-06-30" };
    expect(["2024-03-10", "2024-06-30", "2024-05"].map((date) => isWithin(span, date))).toEqual([true, true, true]);
    expect(["2024-03-09", "2024-07-01", "2023", "2024-07"].map((d) => isWithin(span, d))).toEqual(Array(4).fill(false));
    expect(["2024", "2024-03", undefined].map((date) => isWithin(span, date))).toEqual(Array(3).fill(undefined));
  });
});

describe("dates as they are printed", () => {
  it.each([
    ["2024-03-05T10:00:00Z", "2024-03-05"],
    ["2024-03", "2024-03"],
    ["Tue, 05 Mar 2024 10:00:00 GMT", "2024-03-05"],
    ["Mar 5, 2024", "2024-03-05"],
    ["March 2024", "2024-03"],
    ["5 Sept 2024", "2024-09-05"],
    ["3 days ago", "2026-11-20"],
    ["1 hour ago", "2026-11-23"],
    ["an hour ago", "2026-11-23"],
    ["2 weeks ago", "2026-11-09"],
    ["5 months ago", "2026-06"],
    ["2 years ago", "2024"],
    ["yesterday", "2026-11-22"],
    ["5.3.2024", "2024-03-05"],
    ["2024年3月5日", "2024-03-05"],
    ["2024. 3. 5.", "2024-03-05"],
  ])("%s is %s", (text, date) => expect(isoDate(text, { asked: NOW })).toBe(date));

  it.each([
    ["de", "vor 3 Tagen", "2026-11-20"],
    ["de", "5. März 2024", "2024-03-05"],
    ["fr", "il y a 3 jours", "2026-11-20"],
    ["fr", "5 févr. 2024", "2024-02-05"],
    ["es", "hace 2 semanas", "2026-11-09"],
    ["ja", "3 日前", "2026-11-20"],
    ["pt", "há 3 dias", "2026-11-20"],
  ])("in %s: %s is %s", (language, text, date) => expect(isoDate(text, { asked: NOW, language })).toBe(date));

  it.each([
    "",
    null,
    undefined,
    "soon",
    "page 3",
    "2027-01-01",
    "12 March 3024",
    "0000-00-00",
    "99 Foo 2024",
    "31 2024",
  ])("%s is none", (text) => expect(isoDate(text, { asked: NOW })).toBeUndefined());

  it("are dates that a calendar has, or none, whatever comes", () => {
    const words = fc.constantFrom(
      "3",
      "31",
      "2024",
      "days",
      "ago",
      "Mar",
      "February",
      ",",
      "vor",
      "-",
      ".",
      "Tue",
      "10:00",
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 7 }), fc.constantFrom("en", "de", "ar", "xx"), (parts, language) => {
        const date = isoDate(parts.join(" "), { asked: NOW, language });
        expect(date === undefined || new Date(date).toISOString().startsWith(date)).toBe(true);
      }),
    );
  });
});

describe("sites", () => {
  it("are arguments or operators, hosts or the beginnings of paths", () => {
    const sites = ["https://www.nice.org.uk/guidance/", "-shop.example", "*.gov", "WHO.int?x=1"];
    expect(readSites("(asthma OR copd) site:ers.eu -site:Blog.example", sites)).toEqual({
      words: "(asthma OR copd)",
      include: ["nice.org.uk/guidance", "gov", "who.int", "ers.eu"],
      exclude: ["shop.example", "blog.example"],
    });
    expect(readSites("x (site:a.org OR site:b.org)")).toEqual({ words: "x", include: ["a.org", "b.org"], exclude: [] });
    expect(withOperators("x", { include: ["a.org", "gov"], exclude: ["b.org"] })).toBe(
      "x (site:a.org OR site:gov) -site:b.org",
    );
  });

  it.each(["a b", "", "-", "ftp://x.org", 'a"b', "x.org/a b", "chapter.5"])("%j is none", (site) =>
    expect(() => readSites("x", [site])).toThrow(/is no site/),
  );

  it("are held against an address by whole names", () => {
    const sites = { include: ["who.int", "nice.org.uk/guidance", "gov"], exclude: ["data.who.int"] };
    const wanted = [
      "https://www.who.int/x",
      "https://nice.org.uk/Guidance/ng28",
      "http://cdc.gov/",
      "https://who.int:8443/",
    ];
    const others = [
      "https://whoint/",
      "https://awho.int/",
      "https://nice.org.uk/guidancex",
      "https://data.who.int/",
      "https://gov.uk/",
    ];
    expect(wanted.map((address) => isWanted(address, sites))).toEqual(wanted.map(() => true));
    expect(others.map((address) => isWanted(address, sites))).toEqual(others.map(() => false));
  });
});

it("languages are codes, with a country, or English names", () => {
  expect(["de", "de-CH", "pt_BR", "German", "zh-Hant-TW"].map(readLanguage)).toEqual([
    { language: "de" },
    { language: "de", country: "CH" },
    { language: "pt", country: "BR" },
    { language: "de" },
    { language: "zh", country: "TW" },
  ]);
  for (const text of ["klingonese", "d", "de CH ?", "12"]) expect(() => readLanguage(text)).toThrow(/not understood/);
});

function attempt(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (!(error instanceof ToolError)) return String(error);
  }
  return "understood or said";
}

it("any request is understood, or says what to send", () => {
  const text = fc.oneof(
    fc.string({ maxLength: 20 }),
    fc.constantFrom("site:a.org", "-site:", "site:x:y", "2024-01-01.."),
  );
  fc.assert(
    fc.property(text, text, text, fc.array(text, { maxLength: 3 }), (query, freshness, language, sites) => {
      expect(attempt(() => understand({ query, freshness, language, sites }))).toBe("understood or said");
    }),
  );
});
