import { describe, expect, it } from "vitest";
import { decodeText } from "./charset.ts";

/** The letters of a single-byte set, from its own decoder, to write with. */
function encode(text: string, set: string): Uint8Array {
  const letters = new TextDecoder(set).decode(Uint8Array.from({ length: 256 }, (_, i) => i));
  return Uint8Array.from(text, (letter) => letters.indexOf(letter));
}

const SAID = {
  "windows-1251": "Комитет рекомендует ежегодный осмотр глаз каждому взрослому с впервые выявленным диабетом.",
  "koi8-r": "Перед началом лечения следует измерить функцию почек, а через две недели повторить.",
  "windows-1250":
    "Komisja zaleca coroczne badanie oczu każdemu dorosłemu z nowo rozpoznaną cukrzycą; należy zmierzyć czynność nerek, później co miesiąc; źródło zakażenia było nieznane.",
  "iso-8859-2":
    "Výbor doporučuje každoroční vyšetření očí všem dospělým. Před zahájením léčby je třeba změřit funkci ledvin.",
  "iso-8859-9": "Komite, yeni tanı konmuş her yetişkine yıllık göz muayenesi öneriyor; böbrek işlevi ölçülmelidir.",
  "windows-874": "คณะกรรมการแนะนำให้ตรวจตาทุกปีสำหรับผู้ใหญ่ที่เพิ่งได้รับการวินิจฉัยว่าเป็นเบาหวาน ควรตรวจการทำงานของไต",
  "windows-1253": "Η επιτροπή συνιστά ετήσιο έλεγχο των ματιών σε κάθε ενήλικα με διαβήτη.",
};
const WESTERN = [
  "Le comité recommande un examen annuel. L’œdème périphérique a été signalé. Où sont les éléments ?",
  "El comité recomienda un examen anual; después de la operación, ¿cuándo debe empezar?",
  "Der Ausschuss empfiehlt jährliche Prüfungen; größere Dosen über vierzig Milligramm bringen “keinen” Nutzen.",
  "Kommittén rekommenderar årlig ögonundersökning för alla vuxna med nyupptäckt diabetes.",
  "The naïve café charged £5 – and 20 °C ± 2 was the temperature of the µ-receptor study.",
];
const MENU = `<div class="navigation-container"><a href="/index.html"><img src="x.gif"></a></div>`.repeat(30);

describe("text whose set of letters is not said", () => {
  it.each(Object.entries(SAID))("in %s, among more markup than text", (set, said) => {
    const page = `<html><body>${MENU}<p>${said}</p></body></html>`;
    expect(decodeText(encode(page, set))).toBe(page);
  });

  it.each(WESTERN)("is as browsers take it where nothing speaks against that: %s", (said) => {
    expect(decodeText(encode(said, "windows-1252"))).toBe(said);
  });

  it("is told by the language of the page where its letters leave it open", () => {
    const page = `<html lang="pl"><p>Nawet gdy zażyją ją później, ból trwa.</p></html>`;
    expect(decodeText(encode(page, "windows-1250"))).toBe(page);
  });

  it("is Japanese in seven bits where it switches to it and back", () => {
    const bytes = Buffer.from("<p>\u001b$B%9%H%l%9\u001b(B</p>", "latin1");
    expect(decodeText(bytes)).toBe("<p>ストレス</p>");
  });
});
