/** Walls that ask for consent and have no telling name: found by their buttons, and by every part of them speaking of that. */
import { ELEMENT, type DomElement, type DomNode } from "../dom.ts";
import type { Measure } from "./measure.ts";

const BUTTON = new RegExp(
  `^(?:${[
    "(?:i )?(?:accept|agree|reject|refuse|decline|allow|deny|consent)(?: (?:all|and (?:close|continue)|cookies|to all))*(?: cookies)?|got it|ok(?:ay)?",
    "(?:alle[sn]? )?(?:akzeptieren|ablehnen|zustimmen|annehmen|erlauben)(?: und weiter)?|alle(?: cookies)? akzeptieren|einverstanden",
    "(?:tout )?(?:accepter|refuser)(?: (?:et (?:fermer|continuer)|tout))?|j'accepte|aceptar(?: todo| y continuar)?|rechazar(?: todo)?",
    "accett[ao](?: tutt[io]| e continua)?|rifiuta(?: tutt[io])?|aceitar(?: tudo| todos)?|rejeitar|(?:alles )?accepteren|weigeren",
  ].join("|")})[!.]?$`,
  "i",
);
const ABOUT =
  /cookie|consent|(?:our|third|\d+) part(?:ners|ies)|privacy|personal data|tracking|advertis|vendor|legitimate interest|einwilligung|datenschutz|werbung|abo\b|publicit|confidentialit|données personnelles|datos personales|privacidad|dati personali|gegevens/i;
const CORE = /cookie|tracking|partners|consent/i;
/** Sites ask once: more buttons and wider boxes are not looked at. */
const MOST_BUTTONS = 20;
const MOST_LEVELS = 12;
/** A part this long has to speak of consent for the wall to reach around it. */
const PART = 120;

/** The outermost box around a button of consent whose every longer part speaks of it. */
export function consentWalls(root: DomElement, measures: Map<DomNode, Measure>): DomElement[] {
  const buttons = root
    .querySelectorAll("button, a, input[type=button], input[type=submit], [role=button]")
    .filter((button) => (measures.get(button)?.text ?? 0) <= 40 && BUTTON.test(labelOf(button)))
    .slice(0, MOST_BUTTONS);
  return [...new Set(buttons.flatMap((button) => wallAround(button, root, measures) ?? []))];
}

function labelOf(button: DomElement): string {
  return (button.textContent || button.getAttribute("value") || "").replace(/\s+/g, " ").trim();
}

function wallAround(button: DomElement, root: DomElement, measures: Map<DomNode, Measure>): DomElement | undefined {
  let wall: DomElement | undefined;
  let at = button.parentNode;
  for (let n = 0; n < MOST_LEVELS && at && at !== root && at.nodeType === ELEMENT; n++, at = at.parentNode) {
    const element = at as DomElement;
    const held = measures.get(element);
    if (!held || held.titled || held.rows > 0 || /^(?:MAIN|ARTICLE|BODY)$/i.test(element.tagName)) break;
    if (!speaksOfConsent(element, measures)) break;
    if (held.text >= PART && CORE.test(element.textContent ?? "")) wall = element;
  }
  return wall;
}

function speaksOfConsent(element: DomElement, measures: Map<DomNode, Measure>): boolean {
  return [...element.children].every(
    (part) => (measures.get(part)?.text ?? 0) < PART || ABOUT.test(part.textContent ?? ""),
  );
}
