"""FastHPOCR for fasthpocr.ts: `index ONTOLOGY FOLDER` makes its index, `annotate FOLDER TEXTS FOUND ROUNDS` reads texts."""

import json
import os
import sys
import time


def index(ontology, folder):
    from FastHPOCR.cr.CRIndexKB import CRIndexKB
    from FastHPOCR.IndexHPO import IndexHPO

    # Its loop over all words for every cluster takes half an hour; the words by cluster, made once, give the same lists.
    by_cluster = {}

    def words_of(_, cluster, words):
        if not by_cluster:
            for word in words:
                by_cluster.setdefault(words[word], []).append(word)
        return list(by_cluster.get(cluster, []))

    CRIndexKB.compileClusterList = words_of
    IndexHPO(ontology, folder).index()


def annotate(folder, texts_file, found_file, rounds):
    from FastHPOCR.HPOAnnotator import HPOAnnotator

    annotator = HPOAnnotator(os.path.join(folder, "hp.index"))
    with open(texts_file, encoding="utf8") as file:
        texts = json.load(file)

    def found(longest):
        return [sorted({a.getHPOUri() for a in annotator.annotate(text, longest)}) for text in texts]

    result = {"all": found(False), "longest": found(True)}
    best = float("inf")
    for _ in range(int(rounds)):
        begun = time.process_time()
        for text in texts:
            annotator.annotate(text)
        best = min(best, time.process_time() - begun)
    result["rate"] = len(texts) / best
    with open(found_file, "w", encoding="utf8") as file:
        json.dump(result, file)


if __name__ == "__main__":
    {"index": index, "annotate": annotate}[sys.argv[1]](*sys.argv[2:])
