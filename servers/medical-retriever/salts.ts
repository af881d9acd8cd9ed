/** Salts of drugs: `imatinib mesylate` is imatinib as it is sold. */

/** What stands behind the name of a drug where one of its salts is meant, perhaps with its form (`trihydrate`, `tablets`); small letters. */
export const SALT =
  /^(?:acetate|arginine|besilate|besylate|bitartrate|bromide|calcium|carbonate|chloride|citrate|dihydrochloride|disodium|fumarate|gluconate|hcl|hydrobromide|hydrochloride|lactate|magnesium|malate|maleate|mesilate|mesylate|nitrate|phosphate|potassium|sodium|succinate|sulfate|sulphate|tartrate|tosilate|tosylate|zinc)(?: \w+)?$/;

/** The drug that a name is a salt of, by its form alone; undefined where it is none. Chlorides of metals are no salts of drugs. */
export function saltOf(name: string): string | undefined {
  const [first = "", ...rest] = name.trim().split(/\s+/);
  for (let words = 1; words <= rest.length; words++) {
    const base = [first, ...rest.slice(0, words - 1)].join(" ");
    const behind = rest
      .slice(words - 1)
      .join(" ")
      .toLowerCase();
    if (SALT.test(behind) && !SALT.test(base.toLowerCase())) return base;
  }
  return undefined;
}
