/** The main text of a page: markup, and beside it the words that a reader came for. */
import { cap, type Prose } from "./prose.ts";

export class MainText {
  readonly prose: Prose;
  readonly title: string;
  readonly #gold: string[] = [];

  constructor(prose: Prose, title = prose.headline()) {
    this.prose = prose;
    this.title = title;
    this.#gold.push(title);
  }

  get gold(): string {
    return this.#gold.join("\n");
  }

  /** Words that belong to the main text, wherever the page puts them. */
  say(text: string): string {
    this.#gold.push(text);
    return text;
  }

  p(attributes = "", from = 3, to = 6): string {
    return this.block("p", attributes, from, to);
  }

  block(tag: string, attributes = "", from = 3, to = 6): string {
    return `<${tag}${pad(attributes)}>${this.say(this.prose.paragraph(from, to))}</${tag}>`;
  }

  ps(n: number, attributes = ""): string {
    return Array.from({ length: n }, () => this.p(attributes)).join("\n");
  }

  h(level = 2, attributes = "", text = this.prose.heading()): string {
    return `<h${level}${pad(attributes)}>${this.say(text)}</h${level}>`;
  }

  list(n = 4, tag = "ul", attributes = ""): string {
    const items = Array.from({ length: n }, () => `<li>${this.say(this.prose.sentence())}</li>`);
    return `<${tag}${pad(attributes)}>${items.join("\n")}</${tag}>`;
  }

  quote(attributes = ""): string {
    return `<blockquote${pad(attributes)}><p>${this.say(this.prose.sentence())}</p></blockquote>`;
  }

  figure(attributes = ""): string {
    const caption = this.say(`Figure ${this.prose.int(1, 9)}. ${this.prose.sentence()}`);
    return `<figure${pad(attributes)}><img src="data:image/gif;base64,R0lGOD" data-src="/img/${this.prose.int(1, 999)}.jpg" loading="lazy" alt=""><figcaption>${caption}</figcaption></figure>`;
  }

  table(rows = 5, attributes = "", caption = true): string {
    const head = ["Medicine", "Dose", "Patients", "Effect"];
    const body = Array.from({ length: rows }, () => [
      this.prose.drug(),
      `${this.prose.int(5, 900)} mg`,
      `${this.prose.int(20, 3000)}`,
      `${this.prose.int(1, 40)} % fewer`,
    ]);
    const title = caption
      ? `<caption>${this.say(`Table ${this.prose.int(1, 9)}. ${cap(this.prose.outcome())} by medicine`)}</caption>`
      : "";
    const row = (cells: string[], tag: string) =>
      `<tr>${cells.map((cell) => `<${tag}>${this.say(cell)}</${tag}>`).join("")}</tr>`;
    return `<table${pad(attributes)}>${title}<thead>${row(head, "th")}</thead><tbody>${body.map((r) => row(r, "td")).join("\n")}</tbody></table>`;
  }
}

function pad(attributes: string): string {
  return attributes ? ` ${attributes}` : "";
}
