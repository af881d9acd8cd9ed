"""xBench's official reading of a judge's reply in Python. {"reply": str} -> [1 or 0, the extracted answer or null]."""

import json
import re
import sys


def after_colon(match):
    if match is None:
        return None
    parts = match.group(0).split(":")
    return parts[1].strip() if len(parts) > 1 else match.group(0)


for line in sys.stdin:
    reply = json.loads(line)["reply"]
    verdict = after_colon(re.search(r"结论:*.(正确|错误)", reply))
    answer = after_colon(re.search(r"最终答案:*(.*)", reply))
    print(json.dumps([int(verdict == "正确"), answer], ensure_ascii=True, separators=(",", ":")))
