/**
 * A regular PubmedArticle of a large file, read in one pass over its bytes: the same records as its tree gives, its
 * document in the JSON that is stored; or none where it is not regular.
 */
import type { KnowledgeRecord } from "../../../../schemas/index.ts";
import { dateOfParts, type DateParts } from "./citation.ts";
import { plainDate } from "./dates.ts";
import { IRREGULAR } from "./irregular.ts";
import { JsonWriter } from "./json.ts";
import { ONCE, Parts, type Spans } from "./parts.ts";
import { Tags } from "./tags.ts";
import { writtenRecords } from "./written.ts";

const DATE_PARTS = ["Year", "Month", "Day", "MedlineDate"];
/** Kinds of ids that a document keeps. */
const KINDS = ["doi", "pmc", "bookaccession"];

/** For one record after the other. */
export class RegularReader {
  readonly #tags = new Tags();
  readonly #json = new JsonWriter();
  readonly #parts = new Parts();
  #bytes: Buffer = Buffer.alloc(0);
  /** Where the record that was read last ends and another article begins. */
  end = 0;
  /** Of year, month, day and the date in words: where they begin and end. */
  readonly #date = new Int32Array(8);

  /**
   * @param bytes sound UTF-8. @param from where the record begins
   * @param limit where a later article begins, the next one or another
   * @returns undefined where it is irregular in any way, sound or not: `recordsOf` of its tree then tells
   */
  read(bytes: Buffer, from: number, limit: number): KnowledgeRecord[] | undefined {
    this.#bytes = bytes;
    this.#tags.begin(bytes, from, limit);
    this.#json.begin(bytes);
    this.#parts.clear();
    try {
      this.#record();
      this.end = this.#tags.end();
      this.#json.makeRoom(this.end - from);
      return writtenRecords(this.#parts, this.#json);
    } catch (error) {
      if (error === IRREGULAR) return undefined;
      throw error;
    }
  }

  #record(): void {
    const [tags, parts] = [this.#tags, this.#parts];
    if (tags.first() !== "PubmedArticle") throw IRREGULAR;
    const record = tags.opened;
    for (let name = tags.next(record); name !== undefined; name = tags.next(record)) {
      if (name === "MedlineCitation") this.#citation();
      else if (name === "PubmedData") this.#data();
      else this.#other();
    }
    if (!parts.had(ONCE.Article) || !parts.had(ONCE.PMID)) throw IRREGULAR;
  }

  /** @throws IRREGULAR where it is not one of those that nothing is taken from */
  #other(): void {
    if (!this.#tags.opened.isPassed) throw IRREGULAR;
    this.#tags.skip();
  }

  /** Through what the element that was opened last holds. @param take reads an inner element of this name to its end */
  #each(inner: string, take: () => void): void {
    const tags = this.#tags;
    const outer = tags.opened;
    for (let name = tags.next(outer); name !== undefined; name = tags.next(outer)) {
      if (name === inner) take();
      else this.#other();
    }
  }

  #words(to: Spans): void {
    this.#tags.words();
    to.add(this.#tags.from, this.#tags.to);
  }

  #string(): string {
    this.#tags.words();
    return this.#json.take(this.#tags.from, this.#tags.to);
  }

  #citation(): void {
    const [tags, parts] = [this.#tags, this.#parts];
    parts.first(ONCE.MedlineCitation);
    const citation = tags.opened;
    for (let name = tags.next(citation); name !== undefined; name = tags.next(citation)) {
      switch (name) {
        case "PMID":
          parts.first(ONCE.PMID);
          parts.pmid = this.#string();
          if (!/^\d{1,12}$/.test(parts.pmid)) throw IRREGULAR;
          break;
        case "DateRevised":
          parts.first(ONCE.DateRevised);
          parts.revised = this.#dateWithin();
          break;
        case "Article":
          parts.first(ONCE.Article);
          this.#article();
          break;
        case "CommentsCorrectionsList":
          this.#each("CommentsCorrections", () => this.#comment());
          break;
        case "MeshHeadingList":
          this.#each("MeshHeading", () => this.#each("DescriptorName", () => this.#words(parts.mesh)));
          break;
        default:
          this.#other();
      }
    }
  }

  #article(): void {
    const [tags, parts] = [this.#tags, this.#parts];
    const article = tags.opened;
    for (let name = tags.next(article); name !== undefined; name = tags.next(article)) {
      switch (name) {
        case "Journal":
          parts.first(ONCE.Journal);
          this.#journal();
          break;
        case "ArticleTitle":
          parts.first(ONCE.ArticleTitle);
          this.#words(parts.title);
          break;
        case "ELocationID":
          this.#location();
          break;
        case "Abstract":
          parts.first(ONCE.Abstract);
          this.#abstract();
          break;
        case "AuthorList":
          parts.first(ONCE.AuthorList);
          this.#each("Author", () => this.#author());
          break;
        case "Language":
          this.#words(parts.languages);
          break;
        case "DataBankList":
          this.#each("DataBank", () => this.#bank());
          break;
        case "PublicationTypeList":
          this.#each("PublicationType", () => this.#type());
          break;
        case "VernacularTitle":
          parts.first(ONCE.VernacularTitle);
          this.#words(parts.vernacular);
          break;
        case "ArticleDate": {
          const date = this.#dateWithin();
          if (!parts.had(ONCE.ArticleDate)) parts.electronic = date;
          parts.note(ONCE.ArticleDate);
          break;
        }
        default:
          this.#other();
      }
    }
  }

  #journal(): void {
    const [tags, parts] = [this.#tags, this.#parts];
    const journal = tags.opened;
    for (let name = tags.next(journal); name !== undefined; name = tags.next(journal)) {
      if (name === "Title") {
        parts.first(ONCE.Title);
        this.#words(parts.journal);
      } else if (name === "JournalIssue") {
        parts.first(ONCE.JournalIssue);
        this.#each("PubDate", () => {
          parts.first(ONCE.PubDate);
          parts.issued = this.#dateWithin();
        });
      } else this.#other();
    }
  }

  /** What the element that was opened last says, in ISO 8601. */
  #dateWithin(): string | undefined {
    const [tags, places] = [this.#tags, this.#date.fill(0)];
    const date = tags.opened;
    for (let name = tags.next(date); name !== undefined; name = tags.next(date)) {
      const place = DATE_PARTS.indexOf(name);
      if (place < 0) this.#other();
      else {
        tags.words();
        if (places[2 * place + 1] !== 0) throw IRREGULAR;
        [places[2 * place], places[2 * place + 1]] = [tags.from, tags.to];
      }
    }
    return plainDate(this.#bytes, places) ?? dateOfParts(this.#parsedDate(places));
  }

  #parsedDate(places: Int32Array): DateParts {
    const text = (i: number) => (places[i + 1] === 0 ? undefined : this.#json.take(places[i]!, places[i + 1]!));
    return { year: text(0), month: text(2), day: text(4), medline: text(6) };
  }

  #location(): void {
    const [tags, parts] = [this.#tags, this.#parts];
    const isDoi = tags.attribute("EIdType", ["doi"]) !== undefined && tags.attribute("ValidYN", ["N"]) === undefined;
    if (isDoi && parts.location.length === 0) this.#words(parts.location);
    else tags.words();
  }

  #abstract(): void {
    const [tags, parts] = [this.#tags, this.#parts];
    const abstract = tags.opened;
    for (let name = tags.next(abstract); name !== undefined; name = tags.next(abstract)) {
      if (name === "AbstractText") {
        if (tags.findAttribute("Label")) parts.sections.add(tags.from, tags.to);
        else parts.sections.add(0, 0);
        this.#words(parts.sections);
      } else if (name === "CopyrightInformation") {
        parts.first(ONCE.CopyrightInformation);
        this.#words(parts.copyright);
      } else this.#other();
    }
  }

  #author(): void {
    const [tags, { authors }] = [this.#tags, this.#parts];
    const at = authors.length;
    for (let i = 0; i < 3; i++) authors.add(0, 0);
    const author = tags.opened;
    for (let name = tags.next(author); name !== undefined; name = tags.next(author)) {
      const place = name === "LastName" ? 0 : name === "Initials" ? 2 : name === "CollectiveName" ? 4 : -1;
      if (place < 0) this.#other();
      else {
        tags.words();
        authors.setFirst(at + place, tags.from, tags.to);
      }
    }
  }

  #bank(): void {
    const [tags, { trials }] = [this.#tags, this.#parts];
    const before = trials.length;
    let bank: string | undefined;
    const outer = tags.opened;
    for (let name = tags.next(outer); name !== undefined; name = tags.next(outer)) {
      if (name === "DataBankName") {
        const text = this.#string();
        bank ??= text;
      } else if (name === "AccessionNumberList") this.#each("AccessionNumber", () => this.#words(trials));
      else this.#other();
    }
    if (bank !== "ClinicalTrials.gov") trials.length = before;
  }

  #type(): void {
    const parts = this.#parts;
    parts.isRetracted ||= this.#tags.attribute("UI", ["D016441"]) !== undefined;
    this.#words(parts.types);
  }

  #comment(): void {
    const tags = this.#tags;
    const type = tags.findAttribute("RefType") ? this.#json.takeValue(tags.from, tags.to) : "";
    let pmid: string | undefined;
    this.#each("PMID", () => {
      const text = this.#string();
      pmid ??= text;
    });
    this.#parts.comments.push({ type, document: pmid && /^\d+$/.test(pmid) ? `PMID:${pmid}` : undefined });
  }

  #data(): void {
    const [tags, parts] = [this.#tags, this.#parts];
    parts.first(ONCE.PubmedData);
    const data = tags.opened;
    for (let name = tags.next(data); name !== undefined; name = tags.next(data)) {
      if (name === "ArticleIdList") {
        parts.first(ONCE.ArticleIdList);
        this.#each("ArticleId", () => this.#id());
      } else if (name === "ReferenceList") tags.skipLast(data);
      else this.#other();
    }
  }

  #id(): void {
    const kind = this.#tags.attribute("IdType", KINDS);
    if (kind === undefined) this.#tags.words();
    else this.#parts.ids.push({ kind, value: this.#string() });
  }
}
