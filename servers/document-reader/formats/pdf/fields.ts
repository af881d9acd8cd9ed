/** What was filled into a form, and written onto a page: these are no text of the page itself to the parser. */

export interface Field {
  text: string;
  /** Points of the file; `y` is where letters stand. */
  x: number;
  y: number;
  width: number;
  size: number;
}

const MOST_FIELDS = 2_000;
const SIZE = 10;

/** @param annotations as pdf.js gives them: fields with a value that can be seen, and text boxes */
export function filledFields(annotations: readonly Record<string, unknown>[]): Field[] {
  return annotations.slice(0, MOST_FIELDS).flatMap((annotation) => {
    const text = annotation["hidden"] === true ? "" : textOf(annotation).replace(/\s+/g, " ").trim();
    const rect = annotation["rect"];
    if (!text || !Array.isArray(rect) || !rect.every((n) => Number.isFinite(n))) return [];
    const [x0, y0, x1, y1] = rect as [number, number, number, number];
    return [{ text, x: x0, y: Math.max(y0, Math.min(y0, y1) + 0.25 * SIZE), width: Math.abs(x1 - x0), size: SIZE }];
  });
}

function textOf(annotation: Record<string, unknown>): string {
  const { subtype, fieldType, fieldValue, buttonValue, exportValue, checkBox, radioButton, password } = annotation;
  if (subtype === "FreeText") return (annotation["contentsObj"] as { str?: string } | undefined)?.str ?? "";
  if (subtype !== "Widget" || password === true) return "";
  if (fieldType === "Btn") {
    const chosen = buttonValue ?? exportValue;
    if (checkBox === true) return fieldValue === "Off" ? "☐" : "☒";
    return radioButton === true && fieldValue === chosen ? "☒" : "";
  }
  const values = Array.isArray(fieldValue) ? fieldValue : [fieldValue];
  return values.filter((value) => typeof value === "string").join(", ");
}
