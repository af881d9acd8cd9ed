/**
 * Colours of all pictures, for light and dark. Hues are told apart by colour-blind readers too (after Okabe and Ito),
 * text has a contrast of 4.5:1 or more on its ground, and no meaning hangs on colour alone.
 */

export type Role = "paper" | "panel" | "ink" | "muted" | "rule" | "edge" | "for" | "against" | "accent" | Hue;
export type Hue = "vermilion" | "amber" | "blue" | "teal" | "green" | "purple" | "grey" | "brown";

export const HUES: Readonly<Record<Role, readonly [light: string, dark: string]>> = {
  paper: ["#ffffff", "#16191d"],
  panel: ["#f5f7f9", "#1f2429"],
  ink: ["#1b1f24", "#e8ebee"],
  muted: ["#57606a", "#a5afb9"],
  rule: ["#d5dbe1", "#39414a"],
  edge: ["#8a949e", "#75808b"],
  for: ["#0b6cb0", "#5db3f0"],
  against: ["#b9480e", "#f2955f"],
  accent: ["#0b6cb0", "#5db3f0"],
  vermilion: ["#c4501b", "#f2955f"],
  amber: ["#a87400", "#e6bb45"],
  blue: ["#0b6cb0", "#5db3f0"],
  teal: ["#0f7f86", "#52c7cf"],
  green: ["#1d8348", "#5fca8b"],
  purple: ["#8447a5", "#c9a0e4"],
  grey: ["#57606a", "#a5afb9"],
  brown: ["#7a5230", "#c9a27c"],
};

export const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

/** Classes `fill-ROLE` and `line-ROLE` in the light (0) or the dark (1) colours. */
function classes(scheme: 0 | 1): string {
  return Object.entries(HUES)
    .map(([role, pair]) => `.fill-${role}{fill:${pair[scheme]}}.line-${role}{stroke:${pair[scheme]}}`)
    .join("");
}

/** Style of a picture that stands alone: light, and dark where the reader's system is. Programs without media queries show light. */
export function fileStyle(): string {
  return `text{font-family:${FONT}}${classes(0)}@media (prefers-color-scheme:dark){${classes(1)}}`;
}

/** Roles whose colours the host of an app may give (names as in the MCP Apps specification). */
const HOST_COLOURS: Partial<Record<string, string>> = {
  paper: "--color-background-primary",
  panel: "--color-background-secondary",
  ink: "--color-text-primary",
  muted: "--color-text-secondary",
  rule: "--color-border-primary",
};

/** Style of a picture in an app: `--ROLE` for each colour, which follows the app's `color-scheme`, and the classes. */
export function appStyle(): string {
  const variables = Object.entries(HUES).map(([role, [light, dark]]) => {
    const own = `light-dark(${light},${dark})`;
    const given = HOST_COLOURS[role];
    return `--${role}:${given ? `var(${given},${own})` : own}`;
  });
  const users = Object.keys(HUES).map(
    (role) => `.fill-${role}{fill:var(--${role})}.line-${role}{stroke:var(--${role})}`,
  );
  return `:root{${variables.join(";")}}${users.join("")}`;
}
