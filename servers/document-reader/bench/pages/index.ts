/**
 * Web pages of the project's own making in the forms that the web has, each with its main text. Half of the forms led
 * to changes of the reader, the others were only counted.
 */
import * as articles from "./articles.ts";
import type { Form } from "./form.ts";
import * as odd from "./odd.ts";
import * as plain from "./plain.ts";
import { Prose } from "./prose.ts";
import * as references from "./references.ts";
import * as services from "./services.ts";

export interface GoldPage {
  form: string;
  variant: 0 | 1;
  /** Its figures led to changes of the reader. */
  tuned: boolean;
  html: string;
  /** Title and main text. */
  gold: string;
}

const TUNED = new Set(
  "news journal comments guideline mediawiki docs shop answers drupal oldTables cookieWall jsonLd spans faq multiPage leaflet".split(
    " ",
  ),
);

/** @param seed other seeds give other words in the same forms */
export function goldPages(seed = 1): GoldPage[] {
  const forms: Record<string, Form> = { ...articles, ...references, ...services, ...odd, ...plain };
  return Object.entries(forms).flatMap(([form, make], i) =>
    ([0, 1] as const).map((variant) => {
      const { html, main } = make(new Prose(seed * 1000 + 2 * i + variant), variant);
      return { form, variant, tuned: TUNED.has(form), html, gold: main.gold };
    }),
  );
}
