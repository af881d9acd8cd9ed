/** PDF files that loop, run, lie or never end. */
import { deflateSync } from "node:zlib";
import { makePdf } from "../testing/pdf.ts";
import { bytesOf, latin1, utf8, type Attack } from "./attack.ts";

/** Objects by number, from 1; the first is the catalogue. @param trailer more of the trailer */
function pdf(objects: readonly (string | Uint8Array)[], trailer = ""): Uint8Array {
  let file = Buffer.from("%PDF-1.7\n", "latin1");
  const places = objects.map((body, i) => {
    const at = file.length;
    file = Buffer.concat([file, bytesOf(`${i + 1} 0 obj\n`, body, "\nendobj\n")]);
    return at;
  });
  const rows = places.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("");
  return bytesOf(
    file,
    `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${file.length}\n%%EOF\n`,
  );
}

const stream = (data: string | Uint8Array, more = "") =>
  bytesOf(`<< /Length ${data.length} ${more} >>\nstream\n`, data, "\nendstream");
const FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>";
const PAGE =
  "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R >>";
const WORDS = stream("BT /F1 12 Tf 72 770 Td (kept words) Tj ET");
const PAGES = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>";
const CATALOG = "<< /Type /Catalog /Pages 2 0 R >>";

/** A good page, with some objects changed and others added. */
const page = (
  changed: Readonly<Record<number, string | Uint8Array>>,
  more: (string | Uint8Array)[] = [],
  trailer = "",
) => pdf([...[CATALOG, PAGES, PAGE, FONT, WORDS].map((body, i) => changed[i + 1] ?? body), ...more], trailer);

const attack = (what: string, bytes: () => Uint8Array, rest: Partial<Attack>): Attack => ({
  what,
  name: "a.pdf",
  bytes,
  ...rest,
});
const BOMB = () => stream(deflateSync(new Uint8Array(60_000_000)), "/Filter /FlateDecode");
const EITHER = { refused: /./, reads: /kept/ };

export const pdfs: Attack[] = [
  attack(
    "a tree of pages that holds itself",
    () => page({ 2: "<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>" }),
    EITHER,
  ),
  attack(
    "two trees of pages that hold each other",
    () =>
      page({ 2: "<< /Type /Pages /Kids [6 0 R] /Count 1000 >>" }, [
        "<< /Type /Pages /Kids [2 0 R] /Count 1000 /Parent 2 0 R >>",
      ]),
    { refused: /./ },
  ),
  attack("a page that is its own parent", () => page({ 3: PAGE.replace("2 0 R", "3 0 R") }), EITHER),
  attack("a billion pages", () => page({ 2: "<< /Type /Pages /Kids [3 0 R] /Count 1000000000 >>" }), EITHER),
  attack("a count of pages below zero", () => page({ 2: "<< /Type /Pages /Kids [3 0 R] /Count -5 >>" }), EITHER),
  attack(
    "tables of places that lead to themselves",
    () =>
      bytesOf(
        "%PDF-1.7\nxref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 1 /Prev 9 /Root 1 0 R >>\nstartxref\n9\n%%EOF",
      ),
    { refused: /./ },
  ),
  attack("an object that is itself", () => page({ 5: "5 0 R" }), { refused: /./ }),
  attack(
    "a length that is its own stream",
    () => page({ 5: bytesOf("<< /Length 5 0 R >>\nstream\nBT /F1 12 Tf 72 770 Td (kept words) Tj ET\nendstream") }),
    EITHER,
  ),
  attack(
    "a stream of objects within itself",
    () => page({}, [stream("6 0 7 10 << >> << >>", "/Type /ObjStm /N 2 /First 9 /Extends 6 0 R")]),
    { reads: /kept/ },
  ),
  attack("a page that unpacks to 60 MB", () => page({ 5: BOMB() }), { refused: /./ }),
  attack(
    "a stream packed a hundred times",
    () => page({ 5: stream("x", `/Filter [${"/FlateDecode ".repeat(100)}]`) }),
    { refused: /./ },
  ),
  attack(
    "a form that draws itself",
    () =>
      page(
        {
          3: PAGE.replace("/Font", "/XObject << /X 6 0 R >> /Font"),
          5: stream("/X Do BT /F1 12 Tf 72 770 Td (kept words) Tj ET"),
        },
        [stream("/X Do", "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>")],
      ),
    EITHER,
  ),
  attack(
    "two hundred thousand words in one place",
    () => page({ 5: stream(`BT /F1 12 Tf 72 770 Td ${"(kept) Tj ".repeat(200_000)}ET`) }),
    EITHER,
  ),
  attack(
    "arrays without bottom",
    () => page({ 5: stream(`${"[".repeat(200_000)} BT /F1 12 Tf (kept) Tj ET`) }),
    EITHER,
  ),
  attack(
    "names without end",
    () => page({ 1: `<< /Type /Catalog /Pages 2 0 R /${"N".repeat(3_000_000)} 1 >>` }),
    EITHER,
  ),
  attack(
    "bookmarks that go round in a circle",
    () =>
      page({ 1: "<< /Type /Catalog /Pages 2 0 R /Outlines 6 0 R >>" }, [
        "<< /First 7 0 R /Last 7 0 R /Count 1 >>",
        "<< /Title (Again) /Parent 6 0 R /Next 7 0 R /First 7 0 R >>",
      ]),
    EITHER,
  ),
  attack(
    "a script at its opening",
    () =>
      page({
        1: "<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.launchURL\\('http://127.0.0.1'\\)) >> >>",
      }),
    { reads: /kept/, never: /launchURL/ },
  ),
  attack(
    "a program at its opening",
    () => page({ 1: "<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /Launch /F (/bin/sh) >> >>" }),
    { reads: /kept/, never: /bin.sh/ },
  ),
  attack(
    "a form that is sent away",
    () => page({ 1: "<< /Type /Catalog /Pages 2 0 R /AA << /WC << /S /SubmitForm /F (http://127.0.0.1:1/) >> >> >>" }),
    { reads: /kept/ },
  ),
  attack(
    "a file in the file",
    () =>
      page({ 1: "<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names [(evil.exe) 6 0 R] >> >> >>" }, [
        "<< /Type /Filespec /F (evil.exe) >>",
      ]),
    { reads: /kept/, never: /evil/ },
  ),
  attack(
    "a font made to run code",
    () => page({ 4: "<< /Type /Font /Subtype /Type1 /BaseFont /X /FontMatrix [1 0 0 1 0 (0\\); throw 1; //)] >>" }),
    EITHER,
  ),
  attack(
    "an XFA form with entities",
    () =>
      page({ 1: "<< /Type /Catalog /Pages 2 0 R /AcroForm << /XFA 6 0 R >> >>" }, [
        stream('<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><x>&y;</x>'),
      ]),
    { reads: /kept/, never: /root:/ },
  ),
  attack("a title that is a script", () => makePdf(["kept words"], { title: "<script>x</script> Title" }), {
    reads: /kept/,
  }),
  attack("a password", () => makePdf(["secret"], { encrypted: true }), { refused: /password/ }),
  attack("pictures instead of text", () => makePdf(["", ""]), { refused: /no text|scan/ }),
  attack("only its first bytes", () => utf8("%PDF-1.7\n%âãÏÓ"), { refused: /./ }),
  attack(
    "nothing but noise after its name",
    () =>
      latin1(`%PDF-1.4\n${Array.from({ length: 100_000 }, (_, i) => String.fromCharCode((i * 7919) % 256)).join("")}`),
    { refused: /./ },
  ),
  attack(
    "no table of places",
    () =>
      latin1(
        Buffer.from(makePdf(["kept words"]))
          .toString("latin1")
          .replace(/xref[^]*/, ""),
      ),
    EITHER,
  ),
  attack(
    "a table of places that is wrong",
    () =>
      latin1(
        Buffer.from(makePdf(["kept words"]))
          .toString("latin1")
          .replace(/\d{10} 00000 n/g, "0000000007 00000 n"),
      ),
    EITHER,
  ),
  attack("a page as wide as the sky", () => page({ 3: PAGE.replace("595 842", "1e38 1e38") }), EITHER),
  attack(
    "letters of no size",
    () => page({ 5: stream("BT /F1 0 Tf 1e-38 0 0 1e-38 0 0 Tm (kept words) Tj ET") }),
    EITHER,
  ),
];
