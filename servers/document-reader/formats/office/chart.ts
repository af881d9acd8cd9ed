/** The figures behind a chart, as the file keeps them: a line for each series. */
import type { OfficePackage } from "./package.ts";

const MAX_POINTS = 200;

/** Empty where the chart cannot be read: it is a picture to most readers anyway. */
export async function chartLines(parts: OfficePackage, path: string): Promise<string[]> {
  const series: { name: string; categories: string[]; values: string[] }[] = [];
  let title = "";
  let place = "";
  let inWords = false;
  await parts
    .read(path, {
      open(name) {
        if (name === "ser") series.push({ name: "", categories: [], values: [] });
        if (/^(?:title|tx|cat|xVal|val|yVal)$/.test(name)) place = name;
        inWords = name === "v" || name === "t";
      },
      close(name) {
        if (name === place) place = "";
        inWords = false;
      },
      text(value) {
        if (!inWords) return;
        const current = series.at(-1);
        if (!current) title += place ? value : "";
        else if (place === "tx") current.name += value;
        else if (/^(?:cat|xVal)$/.test(place) && current.categories.length < MAX_POINTS) current.categories.push(value);
        else if (/^(?:val|yVal)$/.test(place) && current.values.length < MAX_POINTS) current.values.push(value);
      },
    })
    .catch(() => {});
  const lines = series.map(({ name, categories, values }) => {
    const points = values.map((value, i) => (categories[i] ? `${categories[i]} ${value}` : value)).join(", ");
    return `${name || "Series"}: ${points}`;
  });
  return lines.length > 0 ? [`Chart${title ? `: ${title}` : ""}`, ...lines] : [];
}
