"""Files of every format that the reader reads, each written by a program of others: make.py FOLDER."""
import bz2
import csv
import datetime
import json
import os
import sys
import wave

os.chdir(sys.argv[1])

TITLE = "Sacubitril in heart failure"
SENTENCE = "Sacubitril inhibits neprilysin in adults."
ROWS = [["Drug", "Dose", "Patients"], ["Sacubitril", "97 mg", "4187"], ["Valsartan", "103 mg", "4212"]]

MARKDOWN = f"""---
title: {TITLE}
author: Ada Example
---

# Methods

{SENTENCE} The trial was double-blind.[^1]

- first aim
- second aim

## Doses

| Drug       | Dose   |
|------------|--------|
| Sacubitril | 97 mg  |
| Valsartan  | 103 mg |

# Results

The hazard ratio was 0.80.

[^1]: A note at the foot.
"""

FORMULAS = r"""
# Kinetics

The half-life is $t_{1/2} = \frac{\ln 2 \cdot V}{CL}$ of it.

$$AUC_0^\infty = \int_0^\infty C(t)\,dt = \frac{1}{2}x^2 + \sqrt{a+b}$$

$$\bar{x} = \frac{\sum_{i=1}^{n} x_i}{n}$$
"""


def word():
    from docx import Document

    document = Document()
    document.core_properties.title = TITLE
    document.core_properties.author = "Ada Example"
    document.add_heading("Methods", 1)
    document.add_paragraph(SENTENCE)
    document.add_heading("Doses", 2)
    for item in ("first aim", "second aim"):
        document.add_paragraph(item, style="List Bullet")
    table = document.add_table(rows=0, cols=3)
    for row in ROWS:
        for cell, text in zip(table.add_row().cells, row):
            cell.text = text
    run = document.add_paragraph("A doubtful number.").runs
    document.add_comment(run, text="Please check this.", author="Reviewer")
    document.save("python-docx.docx")


def excel():
    from openpyxl import Workbook
    from openpyxl.comments import Comment

    book = Workbook()
    sheet = book.active
    sheet.title = "Doses"
    for row in ROWS:
        sheet.append([int(value) if value.isdigit() else value for value in row])
    sheet["D2"] = datetime.date(2024, 3, 5)
    sheet["D3"] = datetime.datetime(2024, 3, 5, 14, 30)
    sheet["E2"] = 0.125
    sheet["E2"].number_format = "0.0%"
    sheet["E3"] = True
    sheet["A5"] = "over two rows"
    sheet.merge_cells("A5:A6")
    sheet["B5"], sheet["B6"] = "upper", "lower"
    sheet["A7"] = "=SUM(C2:C3)"
    sheet["A1"].comment = Comment("Names are generic.", "Reviewer")
    hidden = book.create_sheet("Kept back")
    hidden.append(["not shown"])
    hidden.sheet_state = "hidden"
    book.save("openpyxl.xlsx")

    import xlsxwriter

    book = xlsxwriter.Workbook("xlsxwriter.xlsx")
    sheet = book.add_worksheet("Figures")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_row(0, 0, ["Day", "Value", "Twice"])
    sheet.write_datetime(1, 0, datetime.datetime(1999, 12, 31), day)
    sheet.write_number(1, 1, 0.1 + 0.2)
    sheet.write_formula(1, 2, "=B2*2", None, 0.6)
    sheet.write_rich_string(2, 0, "rich ", book.add_format({"bold": True}), "text")
    book.close()

    book = xlsxwriter.Workbook("million.xlsx", {"constant_memory": True})
    sheet = book.add_worksheet("Long")
    for row in range(1_000_000):
        sheet.write_row(row, 0, [f"row {row + 1}", row * 0.5])
    book.close()


def powerpoint():
    from pptx import Presentation
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Inches

    show = Presentation()
    show.core_properties.title = TITLE
    slide = show.slides.add_slide(show.slide_layouts[1])
    slide.shapes.title.text = "Mechanism"
    slide.placeholders[1].text = f"{SENTENCE}\nSecond line"
    slide.notes_slide.notes_text_frame.text = "Say this slowly."
    slide = show.slides.add_slide(show.slide_layouts[5])
    slide.shapes.title.text = "Doses"
    table = slide.shapes.add_table(len(ROWS), 3, Inches(1), Inches(2), Inches(6), Inches(2)).table
    for i, row in enumerate(ROWS):
        for j, text in enumerate(row):
            table.cell(i, j).text = text
    slide = show.slides.add_slide(show.slide_layouts[5])
    slide.shapes.title.text = "Deaths"
    data = CategoryChartData()
    data.categories = ["2019", "2020"]
    data.add_series("Per 1000", (12.5, 9.75))
    slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Inches(1), Inches(2), Inches(6), Inches(4), data)
    show.save("python-pptx.pptx")


def open_document():
    from odf.opendocument import OpenDocumentSpreadsheet, OpenDocumentText
    from odf.table import Table, TableCell, TableRow
    from odf.text import H, Note, NoteBody, NoteCitation, P

    text = OpenDocumentText()
    text.text.addElement(H(outlinelevel=1, text="Methods"))
    paragraph = P(text=SENTENCE)
    note = Note(noteclass="footnote")
    note.addElement(NoteCitation(text="1"))
    body = NoteBody()
    body.addElement(P(text="A note at the foot."))
    note.addElement(body)
    paragraph.addElement(note)
    text.text.addElement(paragraph)
    text.save("odfpy.odt")

    book = OpenDocumentSpreadsheet()
    table = Table(name="Doses")
    for row in ROWS:
        line = TableRow()
        for value in row:
            cell = TableCell()
            cell.addElement(P(text=value))
            line.addElement(cell)
        table.addElement(line)
    book.spreadsheet.addElement(table)
    book.save("odfpy.ods")


def books():
    from ebooklib import epub

    book = epub.EpubBook()
    book.set_title(TITLE)
    book.add_author("Ada Example")
    book.set_language("en")
    chapters = []
    for number, (name, text) in enumerate([("Methods", SENTENCE), ("Results", "The hazard ratio was 0.80.")]):
        chapter = epub.EpubHtml(title=name, file_name=f"c{number}.xhtml")
        chapter.content = f"<h1>{name}</h1><p>{text}</p>"
        book.add_item(chapter)
        chapters.append(chapter)
    book.toc = chapters
    book.add_item(epub.EpubNcx())
    book.add_item(epub.EpubNav())
    book.spine = chapters
    epub.write_epub("ebooklib.epub", book)


def pandoc():
    import pypandoc

    for target, name in [
        ("docx", "pandoc.docx"), ("odt", "pandoc.odt"), ("epub", "pandoc.epub"), ("rtf", "pandoc.rtf"),
        ("jats_archiving", "pandoc.nxml"), ("docbook5", "docbook.xml"), ("html", "pandoc.html"),
        ("latex", "pandoc.tex"), ("pptx", "pandoc.pptx"), ("gfm", "pandoc.md"),
    ]:
        pypandoc.convert_text(MARKDOWN, target, format="markdown", outputfile=name, extra_args=["--standalone"])
    for target in ("docx", "pptx"):
        pypandoc.convert_text(FORMULAS, target, format="markdown", outputfile=f"formulas.{target}")


def pdf():
    from fpdf import FPDF
    from pypdf import PdfReader, PdfWriter
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table

    style = getSampleStyleSheet()
    SimpleDocTemplate("reportlab.pdf", title=TITLE).build(
        [Paragraph("Methods", style["Heading1"]), Paragraph(SENTENCE), PageBreak(), Paragraph("Doses", style["Heading1"]), Table(ROWS)]
    )
    page = FPDF()
    page.set_title(TITLE)
    page.add_page()
    page.set_font("Helvetica", size=12)
    page.multi_cell(0, 8, SENTENCE)
    page.output("fpdf2.pdf")
    for name, algorithm in (("aes256.pdf", "AES-256"), ("rc4.pdf", "RC4-128")):
        writer = PdfWriter(clone_from=PdfReader("reportlab.pdf"))
        writer.encrypt("secret", algorithm=algorithm)
        writer.write(name)
    # Locked against changes only: everyone may read it.
    writer = PdfWriter(clone_from=PdfReader("reportlab.pdf"))
    writer.encrypt("", "owner", algorithm="AES-256")
    writer.write("open-password.pdf")


def pictures():
    from PIL import Image, ImageDraw
    from reportlab.pdfgen import canvas

    image = Image.new("RGB", (400, 80), "white")
    ImageDraw.Draw(image).text((10, 30), SENTENCE, fill="black")
    for name in ("pillow.png", "pillow.jpg", "pillow.gif", "pillow.webp", "pillow.bmp", "pillow.tiff"):
        image.save(name)
    scan = canvas.Canvas("scan.pdf")
    scan.drawImage("pillow.png", 72, 600)
    scan.save()
    with wave.open("wave.wav", "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(b"\0\0" * 8000)


def structures():
    import gemmi

    structure = gemmi.Structure()
    structure.name = "1ABC"
    structure.spacegroup_hm = "P 1"
    structure.cell = gemmi.UnitCell(30, 40, 50, 90, 90, 90)
    structure.resolution = 1.74
    structure.info["_entry.id"] = "1ABC"
    structure.info["_struct.title"] = "CRYSTAL STRUCTURE OF A SHORT PEPTIDE"
    structure.info["_exptl.method"] = "X-RAY DIFFRACTION"
    model = gemmi.Model(1)
    chain = gemmi.Chain("A")
    for number, name in enumerate(["GLY", "ALA", "SER", "TRP"]):
        residue = gemmi.Residue()
        residue.name = name
        residue.seqid = gemmi.SeqId(str(number + 1))
        atom = gemmi.Atom()
        atom.name = "CA"
        atom.element = gemmi.Element("C")
        atom.pos = gemmi.Position(number * 3.8, 0, 0)
        residue.add_atom(atom)
        chain.add_residue(residue)
    model.add_chain(chain)
    structure.add_model(model)
    structure.setup_entities()
    structure.assign_label_seq_id()
    entity = structure.entities[0]
    entity.full_sequence = ["GLY", "ALA", "SER", "TRP"]
    structure.write_pdb("gemmi.pdb")
    structure.make_mmcif_document().write_file("gemmi.cif")


def data():
    with open("csv.csv", "w", newline="", encoding="utf-8-sig") as file:
        csv.writer(file).writerows([*ROWS, ['quoted "word"', "with, comma", "and\nline"]])
    with open("csv.tsv", "w", newline="", encoding="utf-16") as file:
        csv.writer(file, delimiter="\t").writerows(ROWS)
    with open("semicolon.csv", "w", newline="", encoding="cp1252") as file:
        csv.writer(file, delimiter=";").writerows([*ROWS, ["Préparation", "1,5 mg", "é"]])
    with open("json.json", "w") as file:
        json.dump({"drug": "sacubitril", "rows": [{"n": n} for n in range(2500)]}, file)
    with open("article.jsonld", "w") as file:
        json.dump({
            "@context": "https://schema.org", "@type": "MedicalScholarlyArticle", "headline": TITLE,
            "author": [{"@type": "Person", "name": "Ada Example"}], "datePublished": "2024-03-05", "articleBody": SENTENCE,
        }, file)
    with open("shift-jis.txt", "w", encoding="shift_jis") as file:
        file.write("薬の用量は九十七ミリグラムです。心不全の患者に投与した。")
    with open("latin1.txt", "w", encoding="latin-1") as file:
        file.write("Dépôt à l’hôpital".replace("’", "'"))
    with open("code.py", "w") as file:
        file.write(open(__file__).read())
    with open("bzip2.bz2", "wb") as file:
        file.write(bz2.compress(SENTENCE.encode()))


def locked():
    import pyzipper
    from msoffcrypto.format.ooxml import OOXMLFile

    for name in ("python-docx.docx", "openpyxl.xlsx"):
        with open(name, "rb") as plain, open(f"locked-{name}", "wb") as out:
            OOXMLFile(plain).encrypt("secret", out)
    with pyzipper.AESZipFile("locked.zip", "w", encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(b"secret")
        archive.writestr("secret.txt", SENTENCE)


word()
excel()
powerpoint()
open_document()
books()
pandoc()
pdf()
pictures()
structures()
data()
locked()
