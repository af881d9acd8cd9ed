/** What the reader must find in each file. */

export interface Expected {
  file: string;
  /** Who made it. */
  by: string;
  /** Path in the archive. */
  member?: string;
  /** Words of the text, labels and title among them. */
  reads?: readonly (string | RegExp)[];
  /** Words that must not be there. */
  never?: RegExp;
  /** What is said to be missing. */
  missing?: RegExp;
  /** Sections with these labels, in this order. */
  labels?: readonly string[];
  /** Refused, and why. */
  refused?: RegExp;
}

const TITLE = "Sacubitril in heart failure";
const SENTENCE = "Sacubitril inhibits neprilysin in adults.";
const TABLE = ["Drug | Dose | Patients\nSacubitril | 97 mg | 4187\nValsartan | 103 mg | 4212"];
const SMALL_TABLE = /Drug \| Dose\nSacubitril \| 97 mg\nValsartan \| 103 mg/;
const LIST = "- first aim\n- second aim";
const OFFICE = "LibreOffice";
const PYTHON = "python";
const PASSWORD = /protected by a password/;
const BY_MODEL = /made from the \w+ by the model test-model/;

export const EXPECTED: readonly Expected[] = [
  {
    file: "python-docx.docx",
    by: "python-docx",
    reads: [TITLE, SENTENCE, LIST, ...TABLE, "Please check this."],
    labels: ["Methods", "Doses"],
  },
  {
    file: "pandoc.docx",
    by: "pandoc",
    reads: [SENTENCE, LIST, SMALL_TABLE, "A note at the foot."],
    labels: ["Methods", "Doses", "Results"],
  },
  {
    file: "formulas.docx",
    by: "pandoc",
    reads: ["The half-life is t_(1/2)=(ln 2⋅V)/(CL) of it."],
  },
  { file: "office-docx.docx", by: OFFICE, reads: [SENTENCE, "A note at the foot."], labels: ["Methods"] },
  { file: "office-doc.doc", by: OFFICE, refused: /Word file of before 2007/ },
  { file: "locked-python-docx.docx", by: "msoffcrypto", refused: PASSWORD },
  {
    file: "openpyxl.xlsx",
    by: "openpyxl",
    reads: [
      "Sacubitril | 97 mg | 4187 | 2024-03-05 | 12.5%",
      "2024-03-05 14:30 | TRUE",
      "over two rows | upper\nover two rows | lower",
      "=SUM(C2:C3)",
      "A1: Names are generic.",
    ],
    labels: ["Doses", "Doses: notes", "Kept back (hidden)"],
    missing: /1 formulas have no stored value/,
  },
  {
    file: "xlsxwriter.xlsx",
    by: "XlsxWriter",
    reads: ["Day | Value | Twice\n1999-12-31 | 0.3 | 0.6", "rich text"],
    labels: ["Figures"],
  },
  {
    file: "million.xlsx",
    by: "XlsxWriter",
    reads: ["row 20000 | 9999.5"],
    never: /row 20001 /,
    missing: /rows 1–20000 of 1000000 are given.*put !\/Long, rows 20001-40000 /,
  },
  {
    file: "million.xlsx",
    member: "Long, rows 999990-1000000",
    by: "XlsxWriter",
    reads: ["row 1 | 0\nrow 999990 | 499994.5", "row 1000000 | 499999.5"],
    never: /row (?:2|999989) /,
  },
  { file: "office-xlsx.xlsx", by: OFFICE, reads: TABLE, labels: ["Doses"] },
  { file: "office-xls.xls", by: OFFICE, refused: /Excel file of before/ },
  { file: "locked-openpyxl.xlsx", by: "msoffcrypto", refused: PASSWORD },
  {
    file: "python-pptx.pptx",
    by: "python-pptx",
    reads: [`${SENTENCE}\nSecond line`, "Notes:\nSay this slowly.", ...TABLE, "Per 1000: 2019 12.5, 2020 9.75"],
    labels: ["Slide 1: Mechanism", "Slide 2: Doses", "Slide 3: Deaths"],
  },
  { file: "pandoc.pptx", by: "pandoc", reads: [SENTENCE, SMALL_TABLE] },
  { file: "formulas.pptx", by: "pandoc", reads: ["The half-life is t_(1/2)="] },
  { file: "office-ppt.ppt", by: OFFICE, refused: /PowerPoint file of before 2007/ },
  {
    file: "odfpy.odt",
    by: "odfpy",
    reads: [`${SENTENCE}[1]`, "A note at the foot."],
    labels: ["Methods", "Footnotes"],
  },
  {
    file: "pandoc.odt",
    by: "pandoc",
    reads: [SENTENCE, LIST, SMALL_TABLE, "A note at the foot."],
    labels: ["Methods", "Doses", "Results"],
  },
  {
    file: "office-odt.odt",
    by: OFFICE,
    reads: [SENTENCE, LIST, ...TABLE, "Please check this."],
    labels: ["Methods", "Doses"],
  },
  { file: "odfpy.ods", by: "odfpy", reads: TABLE, labels: ["Doses"] },
  {
    file: "office-ods.ods",
    by: OFFICE,
    reads: [/Sacubitril \| 97 mg \| 4187 \| .* \| 12\.5%/, "8399", "Names are generic."],
    labels: ["Doses"],
  },
  {
    file: "office-odp.odp",
    by: OFFICE,
    reads: [SENTENCE, "Say this slowly.", ...TABLE],
    labels: ["Slide 1: Mechanism", "Slide 2: Doses"],
  },
  { file: "pandoc.rtf", by: "pandoc", reads: [SENTENCE, "first aim", "Sacubitril | 97 mg", "A note at the foot."] },
  {
    file: "office-rtf.rtf",
    by: OFFICE,
    reads: [SENTENCE, "first aim", "Sacubitril | 97 mg | 4187"],
    labels: ["Methods", "Doses"],
  },
  {
    file: "ebooklib.epub",
    by: "EbookLib",
    reads: [TITLE, SENTENCE, "The hazard ratio was 0.80."],
    labels: ["Methods", "Results"],
  },
  {
    file: "pandoc.epub",
    by: "pandoc",
    reads: [TITLE, SENTENCE, LIST, SMALL_TABLE],
    labels: ["Methods", "Doses", "Results"],
  },
  { file: "reportlab.pdf", by: "ReportLab", reads: [TITLE, SENTENCE, /Sacubitril.*97 mg.*4187/] },
  { file: "fpdf2.pdf", by: "fpdf2", reads: [TITLE, SENTENCE] },
  { file: "office-pdf.pdf", by: OFFICE, reads: [SENTENCE, /first aim/, /Sacubitril.*97 mg.*4187/] },
  { file: "chromium.pdf", by: "Chromium", reads: [SENTENCE, /first aim/, "The hazard ratio was 0.80."] },
  { file: "aes256.pdf", by: "pypdf", refused: PASSWORD },
  { file: "rc4.pdf", by: "pypdf", refused: PASSWORD },
  { file: "open-password.pdf", by: "pypdf", reads: [SENTENCE] },
  { file: "scan.pdf", by: "ReportLab, Pillow", refused: /no text/ },
  {
    file: "pandoc.html",
    by: "pandoc",
    reads: [TITLE, SENTENCE, LIST, SMALL_TABLE],
    labels: ["Methods", "Doses", "Results"],
  },
  {
    file: "pandoc.nxml",
    by: "pandoc",
    reads: [TITLE, SENTENCE, /first aim[^]*second aim/, SMALL_TABLE, "The hazard ratio was 0.80."],
  },
  {
    file: "docbook.xml",
    by: "pandoc",
    reads: [TITLE, SENTENCE, "first aim", "The hazard ratio was 0.80."],
    labels: ["Methods", "Doses", "Results"],
  },
  { file: "pandoc.md", by: "pandoc", reads: [SENTENCE, "first aim"], labels: ["Methods", "Doses", "Results"] },
  { file: "pandoc.tex", by: "pandoc", reads: ["\\section{Methods}", "Sacubitril inhibits"] },
  { file: "csv.csv", by: PYTHON, reads: [...TABLE, 'quoted "word" | with, comma | and line'] },
  { file: "csv.tsv", by: PYTHON, reads: TABLE },
  { file: "semicolon.csv", by: PYTHON, reads: ["Préparation | 1,5 mg | é"] },
  { file: "json.json", by: PYTHON, reads: ['"n": 2499', "sacubitril"], labels: ["", "rows 1–100 of 2500"] },
  { file: "article.jsonld", by: PYTHON, reads: [TITLE, SENTENCE] },
  { file: "shift-jis.txt", by: PYTHON, reads: ["薬の用量は九十七ミリグラムです。"] },
  { file: "latin1.txt", by: PYTHON, reads: ["Dépôt à l'hôpital"] },
  {
    file: "code.py",
    by: PYTHON,
    reads: ["def word():\n    from docx import Document"],
    labels: ["Python, lines 1–200"],
  },
  { file: "bzip2.bz2", by: PYTHON, refused: /bzip2/ },
  { file: "gemmi.pdb", by: "gemmi", reads: ["1ABC", "CRYSTAL STRUCTURE OF A SHORT PEPTIDE", "Atoms: 4", "GASW"] },
  { file: "gemmi.cif", by: "gemmi", reads: ["1ABC", "CRYSTAL STRUCTURE OF A SHORT PEPTIDE", "Atoms: 4", "GASW"] },
  { file: "pillow.png", by: "Pillow", reads: ["words of the model"], missing: BY_MODEL },
  { file: "pillow.jpg", by: "Pillow", reads: ["words of the model"], missing: BY_MODEL },
  { file: "pillow.gif", by: "Pillow", reads: ["words of the model"], missing: BY_MODEL },
  { file: "pillow.webp", by: "Pillow", reads: ["words of the model"], missing: BY_MODEL },
  { file: "pillow.bmp", by: "Pillow", refused: /convert|do not take/ },
  { file: "pillow.tiff", by: "Pillow", refused: /convert|do not take/ },
  { file: "wave.wav", by: PYTHON, reads: ["what was said"], missing: BY_MODEL },
  { file: "zip.zip", by: "zip", reads: ["python-docx.docx | ", "reportlab.pdf | "] },
  { file: "zip.zip", by: "zip", member: "python-docx.docx", reads: [SENTENCE, ...TABLE] },
  { file: "zip.zip", by: "zip", member: "reportlab.pdf", reads: [SENTENCE] },
  { file: "outer.zip", by: "zip", member: "zip.zip!/latin1.txt", reads: ["Dépôt"] },
  { file: "zipcrypto.zip", by: "zip", reads: [/latin1\.txt .* not read: it is protected by a password/] },
  { file: "zipcrypto.zip", by: "zip", member: "latin1.txt", refused: PASSWORD },
  { file: "locked.zip", by: "pyzipper", member: "secret.txt", refused: PASSWORD },
  { file: "tar.tar.gz", by: "tar", reads: ["python-docx.docx | ", "csv.csv | "] },
  { file: "tar.tar.gz", by: "tar", member: "article.jsonld", reads: [SENTENCE] },
  { file: "pax.tar", by: "tar", member: "csv.csv", reads: TABLE },
  { file: "gzip.nxml.gz", by: "gzip", reads: [TITLE, SENTENCE] },
  { file: "code.py.gz", by: "gzip", reads: ["def word():"] },
];
