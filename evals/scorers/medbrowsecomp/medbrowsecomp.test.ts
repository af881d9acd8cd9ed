import { describe, expect, it } from "vitest";
import { scoreMedBrowseComp } from "./index.ts";

const both = (answer: string, gold: string, task?: string) =>
  (["official", "robust"] as const).map((mode) => scoreMedBrowseComp(answer, gold, mode, task).correct);

describe("MedBrowseComp by rule", () => {
  it.each([
    ["INGREDIENT: IMAGINIB", "IMAGINIB"],
    ["The trial used it.\n**Ingredient:** imaginib hydrochloride [1]", "IMAGINIB HYDROCHLORIDE"],
    ["COMPANY: Example Pharma US Inc.", "EXAMPLE PHARMA US INC"],
    ["imaginib", "IMAGINIB"],
    ["DATE: NA", "NA"],
    ["N/A", "NA"],
    ["NOT LISTED", "Not_Listed"],
    ["Not_Listed", "NOT LISTED"],
    ["EXMPL: $15.99", "15.989999771118164"],
    ["1. Ticker: EXMPL\n2. Opening price: $15.85 [2]", "15.98999977"],
    ["$1,016.10", "1016.5"],
  ])("%j is %j", (answer, gold) => expect(both(answer, gold)).toEqual([true, true]));

  it.each([
    ["INGREDIENT: IMAGINIB MESYLATE", "IMAGINIB"],
    ["UNKNOWN", "IMAGINIB"],
    ["I cannot answer this", "NA"],
    ["", "NA"],
    ["NOT LISTED", "NA"],
    ["EXMPL: $15.70", "15.989999771118164"],
    ["$15.99 or $20.10", "15.989999771118164"],
    ["DATE: 2028", "Aug 13, 2027"],
  ])("%j is not %j", (answer, gold) => expect(both(answer, gold)).toEqual([false, false]));

  it("a date is text to the official rules, a day to the robust ones", () => {
    expect(both("DATE: Aug 13, 2027", "Aug 13, 2027")).toEqual([true, true]);
    expect(both("DATE: 08-13-2027", "Aug 13, 2027")).toEqual([false, true]);
    expect(both("date: 2027", "Aug 13, 2027", "Patent_Expire_Date_Text")).toEqual([false, true]);
    expect(both("date: 2027", "Aug 13, 2027", "Exclusivity_Date")).toEqual([false, false]);
  });
});
