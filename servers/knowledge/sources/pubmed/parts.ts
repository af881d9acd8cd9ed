/** Where in a file's bytes the parts of a citation stand that its document is made of. */
import type { Citation } from "./citation.ts";
import { IRREGULAR } from "./irregular.ts";
import type { Comment } from "./standing.ts";

/** Places, two by two: where something begins and where it ends; both 0 where it is not there. */
export class Spans {
  places = new Int32Array(64);
  /** Of places. */
  length = 0;

  add(from: number, to: number): void {
    if (this.length === this.places.length) {
      const more = new Int32Array(2 * this.length);
      more.set(this.places);
      this.places = more;
    }
    this.places[this.length++] = from;
    this.places[this.length++] = to;
  }

  /** Where nothing stands yet. */
  setFirst(place: number, from: number, to: number): void {
    if (this.places[place + 1] !== 0) return;
    this.places[place] = from;
    this.places[place + 1] = to;
  }
}

/** Elements that may come once only in a regular record. */
export const ONCE = {
  MedlineCitation: 1 << 0,
  PMID: 1 << 1,
  DateRevised: 1 << 2,
  Article: 1 << 3,
  Journal: 1 << 4,
  Title: 1 << 5,
  JournalIssue: 1 << 6,
  PubDate: 1 << 7,
  ArticleTitle: 1 << 8,
  Abstract: 1 << 9,
  CopyrightInformation: 1 << 10,
  AuthorList: 1 << 11,
  VernacularTitle: 1 << 12,
  ArticleDate: 1 << 13,
  PubmedData: 1 << 14,
  ArticleIdList: 1 << 15,
} as const;

/** What is told in words as they are written; used again for one citation after the other. */
export class Parts {
  readonly title = new Spans();
  /** In the language of the article. */
  readonly vernacular = new Spans();
  readonly journal = new Spans();
  /** Of each: its label, its text. */
  readonly sections = new Spans();
  /** Of each: last name, initials, name of a group. */
  readonly authors = new Spans();
  readonly types = new Spans();
  readonly mesh = new Spans();
  readonly languages = new Spans();
  readonly copyright = new Spans();
  /** Numbers at ClinicalTrials.gov. */
  readonly trials = new Spans();
  /** The DOI beside the pages. */
  readonly location = new Spans();
  pmid = "";
  ids: Citation["ids"] = [];
  /** Of the issue, of the electronic article, and when the record was last changed: ISO 8601. */
  issued: string | undefined;
  electronic: string | undefined;
  revised: string | undefined;
  /** By the type of publication. */
  isRetracted = false;
  comments: Comment[] = [];
  #had = 0;

  /** @param part one of ONCE. @throws IRREGULAR where there was one */
  first(part: number): void {
    if (this.had(part)) throw IRREGULAR;
    this.note(part);
  }

  note(part: number): void {
    this.#had |= part;
  }

  had(part: number): boolean {
    return (this.#had & part) !== 0;
  }

  clear(): void {
    const { title, vernacular, journal, sections, authors, types } = this;
    const { mesh, languages, copyright, trials, location } = this;
    title.length = vernacular.length = journal.length = sections.length = authors.length = types.length = 0;
    mesh.length = languages.length = copyright.length = trials.length = location.length = 0;
    this.pmid = "";
    this.ids = [];
    this.issued = this.electronic = this.revised = undefined;
    this.isRetracted = false;
    if (this.comments.length > 0) this.comments = [];
    this.#had = 0;
  }
}
