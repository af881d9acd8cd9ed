/** The parts of an Office file and what leads from one to the other. Nothing outside the file is ever fetched. */
import { posix } from "node:path";
import { decodeText } from "../charset.ts";
import type { Member } from "../archive/archive.ts";
import type { ZipArchive } from "../archive/zip.ts";
import { damaged } from "../failures.ts";
import { readXml, XmlReader, type XmlEvents } from "../xml/reader.ts";

export interface Relation {
  id: string;
  /** Last part of its type: `slide`, `notesSlide`, `hyperlink`. */
  type: string;
  /** Path of a part, or an address where `isExternal`. */
  target: string;
  isExternal: boolean;
}

interface Streamed {
  isWhole: boolean;
  problem?: string;
}

export class OfficePackage {
  readonly zip: ZipArchive;
  readonly #byPath: Map<string, Member>;

  constructor(zip: ZipArchive) {
    this.zip = zip;
    this.#byPath = new Map(zip.members.toReversed().map((member) => [keyOf(member.path), member]));
  }

  has(path: string): boolean {
    return this.#byPath.has(keyOf(path));
  }

  /** Paths that match. */
  paths(pattern: RegExp): string[] {
    return this.zip.members.map(({ path }) => path).filter((path) => pattern.test(path));
  }

  /** @returns undefined where there is no such part @throws ToolError where it cannot be unpacked */
  async bytesOf(path: string): Promise<Uint8Array | undefined> {
    const member = this.#member(path);
    return member && this.zip.read(member);
  }

  async textOf(path: string): Promise<string | undefined> {
    const bytes = await this.bytesOf(path);
    return bytes && decodeText(bytes);
  }

  /** Reads a part as events. @throws ToolError where it is missing or damaged */
  async read(path: string, events: XmlEvents): Promise<void> {
    const text = await this.textOf(path);
    if (text === undefined) throw damaged("document", new Error(`its part ${path} is missing`));
    const problem = readXml(text, events, false);
    if (problem) throw damaged("document", new Error(`${path}: ${problem}`));
  }

  /**
   * Reads a part as it is unpacked, until a handler says that it is enough or the text is damaged.
   * @returns whether that was its end, and what is damaged
   */
  async stream(path: string, events: XmlEvents, isEnough: () => boolean): Promise<Streamed> {
    const member = this.#member(path);
    if (!member) throw damaged("document", new Error(`its part ${path} is missing`));
    const reader = new XmlReader(events, false);
    let decoder: InstanceType<typeof TextDecoder> | undefined;
    for await (const chunk of this.zip.stream(member)) {
      decoder ??= new TextDecoder(chunk[0] === 0xff && chunk[1] === 0xfe ? "utf-16le" : "utf-8");
      reader.write(decoder.decode(chunk, { stream: true }));
      if (isEnough()) return { isWhole: false };
      if (reader.problem) break;
    }
    reader.end();
    return reader.problem ? { isWhole: false, problem: reader.problem } : { isWhole: true };
  }

  /** Where a part leads to. Empty where it leads nowhere, or where that cannot be read. */
  async relations(path: string): Promise<Relation[]> {
    const folder = posix.dirname(path).replace(/^[/.]$/, "");
    const file = posix.join(folder, "_rels", `${posix.basename(path)}.rels`);
    if (!this.has(file)) return [];
    const found: Relation[] = [];
    await this.read(file, {
      open(name, { Id = "", Type = "", Target = "", TargetMode }) {
        if (name !== "Relationship") return;
        const isExternal = TargetMode === "External";
        const target = isExternal ? Target : Target.startsWith("/") ? Target.slice(1) : posix.join(folder, Target);
        found.push({ id: Id, type: Type.slice(Type.lastIndexOf("/") + 1), target, isExternal });
      },
    });
    return found;
  }

  /** Path of the document itself, as the package says. */
  async mainPart(): Promise<string | undefined> {
    return (await this.relations("/")).find(({ type }) => type === "officeDocument")?.target;
  }

  #member(path: string): Member | undefined {
    const member = this.#byPath.get(keyOf(path));
    return member?.problem ? undefined : member;
  }
}

/** Office finds parts whatever the case of their names. */
function keyOf(path: string): string {
  return path.replace(/^\/+/, "").toLowerCase();
}
