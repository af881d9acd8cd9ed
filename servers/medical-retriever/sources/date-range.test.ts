import { expect, it } from "vitest";
import { firstDay, isWithin, lastDay } from "./date-range.ts";

it("years and months reach from their first to their last day", () => {
  expect([firstDay("2020"), firstDay("2020-02"), firstDay("2020-02-03")]).toEqual([
    "2020-01-01",
    "2020-02-01",
    "2020-02-03",
  ]);
  expect([lastDay("2020"), lastDay("2020-02"), lastDay("2021-02")]).toEqual(["2020-12-31", "2020-02-29", "2021-02-28"]);
});

it("a date counts as far as it is exact; what has none lies in no range", () => {
  expect(isWithin("2020-06", { from: "2020", to: "2020-06-01" })).toBe(true);
  expect(isWithin("2020-07", { to: "2020-06" })).toBe(false);
  expect(isWithin(undefined, { from: "2020" })).toBe(false);
  expect(isWithin(undefined, {})).toBe(true);
});
