/**
 * MedBrowseComp by rule: the value is taken out of the answer by its label and compared without regard to case, prices
 * within 1 %. `official` compares dates as text; `robust` by the day they name, and takes a bare year for a patent, as the
 * benchmark's judge does. Two faults of the published rule code are not repeated, since its judge has neither: it reads
 * the label of "DATE: NA" as an ingredient, and "Not_Listed" is nothing to it but a word that differs from "NOT LISTED".
 */
import { readDate, saysDate } from "../exact/date.ts";
import { withoutMarks } from "../exact/text.ts";
import { finalAnswer } from "../final-answer.ts";
import { type Mode, type Score, right, wrong } from "../verdict.ts";
import { absent, dateIn, labelled, prices } from "./extract.ts";

const PRICE_TOLERANCE = 0.01;

/** @param task the row's task name where it is known; it keeps a bare year from passing for an exclusivity date */
export function scoreMedBrowseComp(answer: string, gold: string, mode: Mode, task = ""): Score {
  const text = (mode === "robust" ? finalAnswer(answer) : withoutMarks(answer)).trim();
  const missing = absent(gold);
  if (missing)
    return absent(labelled(text)) === missing
      ? right(`${missing}, as the gold`)
      : wrong("the gold is that there is none");
  if (/^\d+(?:\.\d+)?$/.test(gold)) return priceScore(text, Number(gold));
  const said = labelled(text);
  if (same(said, gold)) return right("same text");
  const date = readDate(gold);
  if (!date || mode === "official") return wrong("differs from the gold");
  const day = dateIn(said);
  if (!day) return wrong("no date in the answer");
  if (saysDate(day, date)) return right("same day");
  const bareYear = day.month === undefined && day.year === date.year;
  return bareYear && !/exclusivity/i.test(task) ? right("same year") : wrong("another date");
}

function priceScore(text: string, gold: number): Score {
  const found = [...new Set(prices(text))];
  if (found.length !== 1) return wrong(found.length === 0 ? "no price in the answer" : "several prices");
  return Math.abs(found[0]! - gold) <= gold * PRICE_TOLERANCE ? right("price within 1 %") : wrong("another price");
}

function same(a: string, b: string): boolean {
  return plain(a) === plain(b);
}

function plain(text: string): string {
  return text.trim().replace(/\s+/g, " ").replace(/\.$/, "").toUpperCase();
}
