/** Numbers with units, compared by what they measure: 0.5 g is 500 mg. */

interface Quantity {
  /** In the base unit of its dimension. */
  value: number;
  dimension: string;
  /** "<", ">", "≤", "≥" or nothing: a bound is not the number. */
  bound: string;
}

type Scale = readonly [dimension: string, factor: number];

/** Unit → dimension and factor to its base unit; months and years are calendar units and stay apart from days. */
const UNITS = new Map<string, Scale>();
function units(dimension: string, scales: Record<string, number>): void {
  for (const [names, factor] of Object.entries(scales)) {
    for (const name of names.split(" ")) UNITS.set(name, [dimension, factor]);
  }
}
units("mass", {
  "kg kilogram kilograms": 1e3,
  "g gram grams": 1,
  "mg milligram milligrams": 1e-3,
  "ug mcg microgram micrograms": 1e-6,
  "ng nanogram nanograms": 1e-9,
});
units("volume", {
  "l liter liters litre litres": 1,
  "dl deciliter decilitre": 0.1,
  "ml milliliter milliliters millilitre millilitres": 1e-3,
  ul: 1e-6,
});
units("amount", { "mol mole moles": 1, mmol: 1e-3, umol: 1e-6, nmol: 1e-9 });
units("activity", { "iu units unit u": 1 });
units("time", {
  "s sec second seconds": 1,
  "min minute minutes": 60,
  "h hr hour hours": 3600,
  "d day days": 86_400,
  "wk week weeks": 604_800,
});
units("calendar", { "month months mo": 1, "year years y yr yrs": 12 });
units("length", {
  "m meter meters metre metres": 1,
  "cm centimeter centimeters": 1e-2,
  "mm millimeter millimeters": 1e-3,
  "um micrometer": 1e-6,
  "nm nanometer": 1e-9,
});
units("ratio", { "% percent": 0.01 });
units("money", { "$ usd dollar dollars": 1 });

const QUANTITY =
  /^(<|>|≤|≥|<=|>=)?\s*(\$)?\s*([+-]?)(\d+(?:\.\d+)?|\.\d+)(?:\s*[x×]\s*10\^?([+-]?\d+))?\s*([%$a-z]*(?:\/[a-z]+)?)$/;

/** The quantity that the whole text is; undefined where it is anything else. */
export function readQuantity(text: string): Quantity | undefined {
  const plain = text
    .trim()
    .replace(/[.,;]+$/, "")
    .replace(/[−–]/g, "-")
    .replace(/[µμ]/g, "u")
    .toLowerCase()
    .replace(/(?<=\d),(?=\d{3}(?!\d))/g, "");
  const found = QUANTITY.exec(plain);
  if (!found) return undefined;
  const [, bound = "", dollar, sign, digits, exponent, unit = ""] = found;
  const scale = scaleOf(dollar ? `$${unit}` : unit);
  if (!scale) return undefined;
  const value = Number(`${sign}${digits}e${exponent ?? 0}`) * scale[1];
  return { value, dimension: scale[0], bound: bound.replace("<=", "≤").replace(">=", "≥") };
}

function scaleOf(unit: string): Scale | undefined {
  if (!unit) return ["number", 1];
  if (unit === "$usd") return UNITS.get("$");
  const [above, below] = unit.split("/");
  const top = UNITS.get(above!);
  if (!top || below === undefined) return top;
  const bottom = UNITS.get(below);
  return bottom && [`${top[0]}/${bottom[0]}`, top[1] / bottom[1]];
}

export function sameQuantity(a: Quantity, b: Quantity): boolean {
  if (a.dimension !== b.dimension || a.bound !== b.bound) return false;
  return Math.abs(a.value - b.value) <= 1e-9 * Math.max(Math.abs(a.value), Math.abs(b.value));
}
