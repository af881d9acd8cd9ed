/** The short answer in a longer text: what follows the last `FINAL ANSWER:`, without citation marks and explanation. */
import { headline } from "./exact/headline.ts";

export function finalAnswer(text: string): string {
  return headline(text)
    .replace(/^\*+|\*+$/g, "")
    .trim();
}
