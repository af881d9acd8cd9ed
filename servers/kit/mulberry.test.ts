import { expect, it } from "vitest";
import { mulberry32 } from "./mulberry.ts";

function drawn(seed: number): number[] {
  const random = mulberry32(seed);
  return [random(), random(), random()];
}

it("gives the same numbers for the same seed: pictures, searches and made questions rely on them", () => {
  expect(drawn(1)).toEqual([0.6270739405881613, 0.002735721180215478, 0.5274470399599522]);
  expect(drawn(1 - 2 ** 32)).toEqual(drawn(1));
  expect(drawn(2)).not.toEqual(drawn(1));
});
