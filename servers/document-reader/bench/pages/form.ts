/** A form that web pages have: two kinds of markup for it, and any number of pages. */
import type { MainText } from "./main-text.ts";
import type { Prose } from "./prose.ts";

export type Form = (prose: Prose, variant: 0 | 1) => { html: string; main: MainText };
