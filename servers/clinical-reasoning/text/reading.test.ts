import fc from "fast-check";
import { expect, it } from "vitest";
import { words } from "../../knowledge/index.ts";
import { Reading, readText } from "./reading.ts";
import { UNKNOWN, Vocabulary } from "./vocabulary.ts";

const vocabulary = new Vocabulary();
for (const name of ["preauricular pits", "type A1 brachydactyly", "Sjögren syndrome"])
  readText(vocabulary, name, new Reading());
vocabulary.close(() => true);

function read(text: string) {
  const reading = readText(vocabulary, text, new Reading());
  return Array.from({ length: reading.count }, (_, i) => ({
    written: reading.slice(i, i + 1),
    word: reading.word[i] === UNKNOWN ? undefined : vocabulary.words[reading.word[i]!],
    joined: reading.joined(i),
  }));
}

it.each([
  ["Preauricular PITS", ["preauricular", "pit"]],
  ["pre-auricular pit's", ["preauricular", "pit"]],
  ["brachydactyly type A-1", ["brachydactyly", "type", "a1"]],
  ["Sjogren’s syndromes", ["sjogren", "syndrome"]],
  ["some pits", [undefined, "pit"]],
  ["brachydactily", ["brachydactyly"]],
])("reads %s as words of names", (text, expected) => expect(read(text).map(({ word }) => word)).toEqual(expected));

it("knows what no name reaches over", () => {
  expect(read("pit, pit (pit) pit-pit pit/pit. pit").map(({ joined }) => joined)).toEqual([
    false,
    false,
    false,
    true,
    true,
    true,
    false,
    false,
  ]);
});

it("finds the words of any text where they stand", () => {
  const letters = fc.string({ unit: fc.constantFrom(..."a B 1 é ' ’ s - – / , . ( ß \n µ ½".split(" "), " ") });
  fc.assert(
    fc.property(letters, (text) => {
      const expected = words(text).map(({ start, end }) => text.slice(start, end));
      // A letter and what it is joined to by a hyphen may be one word.
      expect(read(text).flatMap(({ written }) => written.split(/[-–](?=[\p{L}\p{N}])/u))).toEqual(
        expected.flatMap((word) => word.split(/[-–]/u)),
      );
    }),
  );
});
