/** How each category of entity looks: a shape and a hue, so that neither alone has to be told apart. */
import type { Hue } from "../../kit/drawing/theme.ts";

export type NodeShape = "circle" | "square" | "diamond" | "triangle" | "hexagon" | "star" | "pentagon" | "wedge";

export interface Look {
  shape: NodeShape;
  hue: Hue;
}

const KNOWN: Readonly<Record<string, Look>> = {
  Disease: { shape: "circle", hue: "vermilion" },
  PhenotypicFeature: { shape: "triangle", hue: "amber" },
  Gene: { shape: "square", hue: "blue" },
  Protein: { shape: "hexagon", hue: "teal" },
  Drug: { shape: "diamond", hue: "green" },
  DrugClass: { shape: "pentagon", hue: "green" },
  Organization: { shape: "square", hue: "grey" },
  ClinicalTrial: { shape: "star", hue: "purple" },
  Guideline: { shape: "wedge", hue: "purple" },
  BiologicalProcess: { shape: "hexagon", hue: "brown" },
  Pathway: { shape: "star", hue: "brown" },
  AnatomicalEntity: { shape: "pentagon", hue: "brown" },
  InheritanceMode: { shape: "wedge", hue: "grey" },
  ClinicalModifier: { shape: "diamond", hue: "grey" },
};
const OTHER: Look = { shape: "circle", hue: "grey" };

export function lookOf(category: string): Look {
  return Object.hasOwn(KNOWN, category) ? KNOWN[category]! : OTHER;
}

/** "PhenotypicFeature" → "phenotypic feature" */
export function categoryWords(category: string): string {
  return category
    .replaceAll("_", " ")
    .replaceAll(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase();
}

/** Corners of a shape around (0, 0) with the area of a circle of radius `r`; undefined for the circle itself. */
export function corners(shape: NodeShape, r: number): [number, number][] | undefined {
  switch (shape) {
    case "square":
      return regular(4, r * 1.25, Math.PI / 4);
    case "diamond":
      return regular(4, r * 1.3, 0);
    case "triangle":
      return regular(3, r * 1.45, -Math.PI / 2).map(([x, y]) => [x, y + r * 0.2]);
    case "hexagon":
      return regular(6, r * 1.12, 0);
    case "pentagon":
      return regular(5, r * 1.18, -Math.PI / 2);
    case "wedge":
      return regular(3, r * 1.45, Math.PI / 2).map(([x, y]) => [x, y - r * 0.2]);
    case "star": {
      const outer = regular(5, r * 1.4, -Math.PI / 2);
      const inner = regular(5, r * 0.62, -Math.PI / 2 + Math.PI / 5);
      return outer.flatMap((corner, i) => [corner, inner[i]!]);
    }
    case "circle":
    default:
      return undefined;
  }
}

function regular(n: number, r: number, turn: number): [number, number][] {
  return Array.from({ length: n }, (_, i) => {
    const angle = turn + (2 * Math.PI * i) / n;
    return [r * Math.cos(angle), r * Math.sin(angle)];
  });
}
