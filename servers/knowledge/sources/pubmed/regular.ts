/** A regular PubmedArticle of a large file, read in one pass: the same records as its tree gives, or none where it is not regular. */
import type { KnowledgeRecord } from "../../../../schemas/index.ts";
import { UNREAD } from "./article.ts";
import { dateOfParts, recordsOfCitation, type Citation, type DateParts } from "./citation.ts";
import { Tags } from "./tags.ts";

/**
 * @param text of the record or of many, a character a byte (Latin-1 of its UTF-8)
 * @param from where the record begins
 * @param to where it ends, but for blanks; no other article may begin in between
 * @returns undefined where it is irregular in any way, sound or not: `recordsOf` of its tree then tells
 */
export function regularRecords(text: string, from = 0, to = text.length): KnowledgeRecord[] | undefined {
  let citation: Citation | undefined;
  try {
    citation = new Reader(text, from, to).citation();
  } catch {
    return undefined;
  }
  return citation && recordsOfCitation(citation);
}

/** Elements beside those that are read, by what they stand in; another one makes a record irregular. */
const KNOWN = new Set([...UNREAD, "DateCreated", "SpaceFlightMission", "GeneralNote", "ObjectList", "Note", "Season"]);

function nothing(): Citation {
  const texts = { pmid: "", title: "", vernacular: "", journal: "", location: "", copyright: "" };
  const dates = { issued: undefined, electronic: undefined, revised: undefined };
  const lists = { sections: [], authors: [], types: [], mesh: [], ids: [], trials: [], comments: [], languages: [] };
  return { ...texts, ...dates, ...lists, retracted: false };
}

class Reader {
  readonly #tags: Tags;
  readonly #found: Citation = nothing();
  /** Of what may come once only; the first would count. */
  readonly #once = new Set<string>();

  constructor(text: string, from: number, to: number) {
    this.#tags = new Tags(text, from, to);
  }

  citation(): Citation | undefined {
    if (this.#tags.first() !== "PubmedArticle") return undefined;
    this.#each("PubmedArticle", (name) => {
      if (name === "MedlineCitation") this.#citation();
      else if (name === "PubmedData") this.#data();
      else this.#other(name);
    });
    const isWhole = this.#tags.ended && this.#once.has("Article") && /^\d{1,12}$/.test(this.#found.pmid);
    return isWhole ? this.#found : undefined;
  }

  /** @param take what reads a child to its end */
  #each(parent: string, take: (name: string) => void): void {
    if (this.#tags.empty) return;
    for (let name = this.#tags.next(parent); name !== undefined; name = this.#tags.next(parent)) take(name);
  }

  #other(name: string): void {
    if (!KNOWN.has(name)) throw new Error(`<${name}> is not known here`);
    this.#tags.skip();
  }

  #first(name: string): void {
    if (this.#once.has(name)) throw new Error(`a second <${name}>`);
    this.#once.add(name);
  }

  #citation(): void {
    this.#first("MedlineCitation");
    const [tags, found] = [this.#tags, this.#found];
    this.#each("MedlineCitation", (name) => {
      switch (name) {
        case "PMID":
          this.#first(name);
          found.pmid = tags.words();
          break;
        case "DateRevised":
          this.#first(name);
          found.revised = this.#date(name);
          break;
        case "Article":
          this.#first(name);
          this.#article();
          break;
        case "CommentsCorrectionsList":
          this.#each(name, (inner) => (inner === "CommentsCorrections" ? this.#comment() : this.#other(inner)));
          break;
        case "MeshHeadingList":
          this.#each(name, (inner) => (inner === "MeshHeading" ? this.#heading() : this.#other(inner)));
          break;
        default:
          this.#other(name);
      }
    });
  }

  #article(): void {
    const [tags, found] = [this.#tags, this.#found];
    this.#each("Article", (name) => {
      switch (name) {
        case "Journal":
          this.#first(name);
          this.#journal();
          break;
        case "ArticleTitle":
          this.#first(name);
          found.title = tags.words();
          break;
        case "ELocationID": {
          const isDoi = tags.attribute("EIdType") === "doi" && tags.attribute("ValidYN") !== "N";
          const text = tags.words();
          if (isDoi && !this.#once.has(name)) found.location = text;
          if (isDoi) this.#once.add(name);
          break;
        }
        case "Abstract":
          this.#first(name);
          this.#abstract();
          break;
        case "AuthorList":
          this.#first(name);
          this.#each(name, (inner) => (inner === "Author" ? this.#author() : this.#other(inner)));
          break;
        case "Language":
          found.languages.push(tags.words());
          break;
        case "DataBankList":
          this.#each(name, (inner) => (inner === "DataBank" ? this.#bank() : this.#other(inner)));
          break;
        case "PublicationTypeList":
          this.#each(name, (inner) => (inner === "PublicationType" ? this.#type() : this.#other(inner)));
          break;
        case "VernacularTitle":
          this.#first(name);
          found.vernacular = tags.words();
          break;
        case "ArticleDate": {
          const isFirst = !this.#once.has(name);
          const date = this.#date(name);
          if (isFirst) found.electronic = date;
          this.#once.add(name);
          break;
        }
        default:
          this.#other(name);
      }
    });
  }

  #journal(): void {
    this.#each("Journal", (name) => {
      if (name === "Title") {
        this.#first(name);
        this.#found.journal = this.#tags.words();
      } else if (name === "JournalIssue") {
        this.#first(name);
        this.#each(name, (inner) => {
          if (inner !== "PubDate") return this.#other(inner);
          this.#first(inner);
          this.#found.issued = this.#date(inner);
        });
      } else this.#other(name);
    });
  }

  #date(parent: string): string | undefined {
    const parts: DateParts = {};
    this.#each(parent, (name) => {
      const part = ({ Year: "year", Month: "month", Day: "day", MedlineDate: "medline" } as const)[name];
      if (!part) return this.#other(name);
      if (parts[part] !== undefined) throw new Error(`a second <${name}>`);
      parts[part] = this.#tags.words();
    });
    return dateOfParts(parts);
  }

  #abstract(): void {
    this.#each("Abstract", (name) => {
      if (name === "AbstractText") {
        const label = this.#tags.attribute("Label") ?? "";
        const text = this.#tags.words();
        if (text !== "") this.#found.sections.push({ label, text });
      } else if (name === "CopyrightInformation") {
        this.#first(name);
        this.#found.copyright = this.#tags.words();
      } else this.#other(name);
    });
  }

  #author(): void {
    const said: { LastName?: string; Initials?: string; CollectiveName?: string } = {};
    this.#each("Author", (name) => {
      if (name === "LastName" || name === "Initials" || name === "CollectiveName") said[name] ??= this.#tags.words();
      else this.#other(name);
    });
    const { LastName: last, Initials: initials } = said;
    const person = last && initials ? `${last} ${initials}` : last || initials;
    const author = person || said.CollectiveName;
    if (author) this.#found.authors.push(author);
  }

  #bank(): void {
    let bank: string | undefined;
    const numbers: string[] = [];
    this.#each("DataBank", (name) => {
      if (name === "DataBankName") bank ??= this.#tags.words();
      else if (name === "AccessionNumberList") {
        this.#each(name, (inner) =>
          inner === "AccessionNumber" ? numbers.push(this.#tags.words()) : this.#other(inner),
        );
      } else this.#other(name);
    });
    if (bank === "ClinicalTrials.gov") this.#found.trials.push(...numbers);
  }

  #type(): void {
    const found = this.#found;
    const isRetracted = this.#tags.attribute("UI") === "D016441";
    const text = this.#tags.words();
    found.types.push(text);
    found.retracted ||= isRetracted || text === "Retracted Publication";
  }

  #heading(): void {
    this.#each("MeshHeading", (name) => {
      if (name === "DescriptorName") this.#found.mesh.push(this.#tags.words());
      else this.#other(name);
    });
  }

  #comment(): void {
    const type = this.#tags.attribute("RefType") ?? "";
    let pmid: string | undefined;
    this.#each("CommentsCorrections", (name) => {
      if (name === "PMID") pmid ??= this.#tags.words();
      else this.#other(name);
    });
    this.#found.comments.push({ type, document: pmid && /^\d+$/.test(pmid) ? `PMID:${pmid}` : undefined });
  }

  #data(): void {
    this.#first("PubmedData");
    this.#each("PubmedData", (name) => {
      if (name !== "ArticleIdList") return this.#other(name);
      this.#first(name);
      this.#each(name, (inner) => {
        if (inner !== "ArticleId") return this.#other(inner);
        const kind = this.#tags.attribute("IdType") ?? "";
        this.#found.ids.push({ kind, value: this.#tags.words() });
      });
    });
  }
}
