/** In which language, and from where: `de`, `de-CH`, `German`. */
import { invalidArguments } from "../../kit/failure.ts";

export interface Locale {
  /** ISO 639, lower case. */
  language?: string;
  /** ISO 3166, upper case. */
  country?: string;
}

/** @throws ToolError */
export function readLanguage(text: string): Locale {
  const tag = text.trim().replaceAll("_", "-");
  try {
    const { language, region } = new Intl.Locale(CODES.get(tag.toLowerCase()) ?? tag);
    if (language.length > 3) throw new Error("a word, not a code");
    return { language, ...(region && /^[A-Z]{2}$/.test(region) ? { country: region } : {}) };
  } catch {
    throw invalidArguments(
      `language ${JSON.stringify(text.slice(0, 40))} is not understood`,
      "give a code: en, de, or de-CH for pages of a country",
    );
  }
}

/** Models say `German` as often as `de`. */
const ENGLISH_NAMES = new Intl.DisplayNames(["en"], { type: "language" });
const CODES = new Map(
  "ar bg bn ca cs da de el en es et fa fi fr he hi hr hu id it ja ko lt lv ms nl no pl pt ro ru sk sl sr sv sw ta th tr uk ur vi zh"
    .split(" ")
    .map((code) => [ENGLISH_NAMES.of(code)!.toLowerCase(), code]),
);
