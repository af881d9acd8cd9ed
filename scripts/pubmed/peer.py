"""The usual way in Python: lxml.iterparse over a PubMed file, the same fields as `data import pubmed` takes.

Usage: peer.py FILE.xml[.gz]
Prints one JSON object: citations, wall seconds, CPU seconds, a checksum of PMIDs and lengths of texts.
"""
import gzip
import json
import sys
import time

from lxml import etree

REFS = {"RetractionIn": "retracted", "ExpressionOfConcernIn": "concern", "ErratumIn": "corrected"}


def text(element):
    return "" if element is None else " ".join("".join(element.itertext()).split())


def date(element):
    if element is None:
        return None
    parts = [text(element.find(name)) for name in ("Year", "Month", "Day")]
    return "-".join(part for part in parts if part) or text(element.find("MedlineDate"))


def document(record):
    citation = record.find("MedlineCitation")
    article = citation.find("Article")
    authors = []
    for author in article.iterfind("AuthorList/Author"):
        person = " ".join(filter(None, [text(author.find("LastName")), text(author.find("Initials"))]))
        authors.append(person or text(author.find("CollectiveName")))
    identifiers = {"pmid": text(citation.find("PMID"))}
    for one in record.iterfind("PubmedData/ArticleIdList/ArticleId"):
        if one.get("IdType") in ("doi", "pmc"):
            identifiers[one.get("IdType")] = text(one)
    for bank in article.iterfind("DataBankList/DataBank"):
        if text(bank.find("DataBankName")) == "ClinicalTrials.gov":
            identifiers["nct"] = [text(n) for n in bank.iterfind("AccessionNumberList/AccessionNumber")]
    comments = [
        (one.get("RefType"), text(one.find("PMID")))
        for one in citation.iterfind("CommentsCorrectionsList/CommentsCorrections")
    ]
    return {
        "id": "PMID:" + identifiers["pmid"],
        "title": text(article.find("ArticleTitle")),
        "sections": [
            {"label": part.get("Label", ""), "text": text(part)}
            for part in article.iterfind("Abstract/AbstractText")
        ],
        "published": date(article.find("Journal/JournalIssue/PubDate")) or date(article.find("ArticleDate")),
        "journal": text(article.find("Journal/Title")),
        "authors": authors,
        "publicationTypes": [text(t) for t in article.iterfind("PublicationTypeList/PublicationType")],
        "mesh": [text(m) for m in citation.iterfind("MeshHeadingList/MeshHeading/DescriptorName")],
        "identifiers": identifiers,
        "related": comments,
        "language": text(article.find("Language")),
        "integrity": next((REFS[kind] for kind, _ in comments if kind in REFS), None),
        "licence": text(article.find("Abstract/CopyrightInformation")),
    }


def main(path):
    wall, cpu = time.perf_counter(), time.process_time()
    count = characters = 0
    with (gzip.open if path.endswith(".gz") else open)(path, "rb") as file:
        for _, record in etree.iterparse(file, tag="PubmedArticle"):
            found = document(record)
            count += 1
            characters += len(found["title"]) + sum(len(s["text"]) for s in found["sections"])
            record.clear()
            while record.getprevious() is not None:
                del record.getparent()[0]
    seconds = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
    print(json.dumps({"citations": count, "characters": characters, **seconds, "lxml": etree.LXML_VERSION}))


main(sys.argv[1])
