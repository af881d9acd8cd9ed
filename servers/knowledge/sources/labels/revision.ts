/** Which state of a label is the newer one, in openFDA's JSON and in SPL alike: they are the same labels. */
import { isoDate } from "../json/loose.ts";

/** @returns text that orders the states of a label; undefined where it has no date */
export function labelRevision(effective: string, version: string): string | undefined {
  const day = isoDate(effective);
  return day && `${day} ${version.replaceAll(/\D/g, "").padStart(6, "0")}`;
}
