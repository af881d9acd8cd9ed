"""GAIA's official rules in Python: the yardstick of scripts/test-scorers.ts. Reads JSON lines, writes a line for each.

{"gold": str, "answer": str or null} -> 1 or 0 (does the answer count?)
{"float": str} -> the bits of float(str) as 16 hex digits, or "error"
"""

import json
import math
import re
import string
import struct
import sys


def reads_as_float(text):
    try:
        float(text)
    except ValueError:
        return False
    return True


def number(text):
    for sign in "$%,":
        text = text.replace(sign, "")
    return float(text) if reads_as_float(text) else float("inf")


def words(text, keep_punctuation):
    text = re.sub(r"\s", "", text).lower()
    return text if keep_punctuation else text.translate(str.maketrans("", "", string.punctuation))


def element(answer, gold):
    if reads_as_float(gold):
        return number(answer) == float(gold)
    return words(answer, True) == words(gold, True)


def score(answer, gold):
    answer = "None" if answer is None else answer
    if reads_as_float(gold):
        return number(answer) == float(gold)
    if "," in gold or ";" in gold:
        golds, answers = re.split("[,;]", gold), re.split("[,;]", answer)
        return len(golds) == len(answers) and all(map(element, answers, golds))
    return words(answer, False) == words(gold, False)


def bits(text):
    if not reads_as_float(text):
        return "error"
    return "nan" if math.isnan(float(text)) else struct.pack(">d", float(text)).hex()


for line in sys.stdin:
    row = json.loads(line)
    print(bits(row["float"]) if "float" in row else int(score(row["answer"], row["gold"])))
