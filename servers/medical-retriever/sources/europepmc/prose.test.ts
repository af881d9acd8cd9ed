/** Numbers in Europe PMC's texts never run into those raised or drawn beside them. */
import { expect, it } from "vitest";
import { plainText } from "./prose.ts";

it.each([
  ["10<sup>9</sup>/L and 10<sup>-3</sup>", "10⁹/L and 10⁻³"],
  ["10<sup>1.5</sup> and <i>10</i><sup>2.5</sup>", "10^1.5 and 10^2.5"],
  ["2<sup>1</sup>/<sub>2</sub> tablets, <sup>1</sup>/<sub>4</sub> dose", "2 1/2 tablets, 1/4 dose"],
])("%s", (html, text) => expect(plainText(html)).toBe(text));
