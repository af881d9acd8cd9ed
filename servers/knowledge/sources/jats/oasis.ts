/** Tables in the OASIS exchange model (`tgroup`, `row`, `entry`), as some publishers have them, in the form of all others. */
import { children, type XmlElement } from "../xml.ts";

/** @returns the same rows and cells as `thead`, `tbody`, `tr`, `td` with their spans; the table itself where it is no such one */
export function plainTable(table: XmlElement): XmlElement {
  const groups = childrenCalled(table, "tgroup");
  if (groups.length === 0) return table;
  return { ...table, children: groups.flatMap(partsOf) };
}

function partsOf(group: XmlElement): XmlElement[] {
  const columns = childrenCalled(group, "colspec").map(({ attributes }, i) => attributes["colname"] ?? `c${i + 1}`);
  return ["thead", "tbody", "tfoot"].flatMap((name) =>
    childrenCalled(group, name).map((part) => ({
      ...part,
      name,
      children: childrenCalled(part, "row").map((row) => ({
        ...row,
        name: "tr",
        children: childrenCalled(row, "entry").map((entry) => cellOf(entry, columns)),
      })),
    })),
  );
}

function cellOf(entry: XmlElement, columns: readonly string[]): XmlElement {
  const { morerows = "0", namest = "", nameend = "" } = entry.attributes;
  const width = columns.indexOf(nameend) - columns.indexOf(namest) + 1;
  const isWide = columns.includes(namest) && columns.includes(nameend);
  return {
    ...entry,
    name: "td",
    attributes: { rowspan: String(Number(morerows) + 1), ...(isWide ? { colspan: String(width) } : {}) },
  };
}

/** Whatever prefix the names have. */
function childrenCalled(element: XmlElement, name: string): XmlElement[] {
  const plain = children(element, name);
  return plain.length > 0 ? plain : children(element, `oasis:${name}`);
}
