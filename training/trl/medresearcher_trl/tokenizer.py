"""A byte-level BPE made for copying, and short.

Agents live by copying names and handles from results into calls. That is easy to learn only where a name is cut into the
same tokens wherever it stands, so: words, numbers, punctuation and blanks are never in one token, with exceptions that are
never parts of names: a blank joins a word that is common over the rows (" the", " disease"), one before a handle joins
what precedes it, so that a handle ("@e3") is one and the same token everywhere, and a common word between JSON's marks
joins them (`","limit":`). The merges are learned from words, each counted once, so that
names of training worlds do not become tokens of their own while those of other worlds fall to pieces.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import PreTrainedTokenizerFast

from .rows import Row
from .template import CHAT_TEMPLATE, IM_END, PAD, SPECIAL_TOKENS, Piece, render

VOCABULARY = 4096
WORD = re.compile(r"[A-Za-z_]+")
HANDLE = re.compile(r"@[a-z]\d*")
BEFORE_HANDLE = "(?: (?=@))?"
COMMON_SHARE = 0.05
"""A word in more of the worlds than this is vocabulary: names are those of one world. With few worlds, of the rows."""
FEW_WORLDS = 10
MOST_COMMON = 1500
WEIGHT = 100
JSON_MARKS = r'"{}\[\],:'
IGNORED = -100


def texts(row: Row) -> list[str]:
    return [piece.text for piece in render(row.messages) if not piece.markup]


def common_words(rows: list[Row]) -> list[str]:
    """Words that many worlds hold, most frequent first, ties by spelling."""
    few = len({row.seed for row in rows}) < FEW_WORLDS
    groups: dict[str, set[str]] = {}
    for row in rows:
        groups.setdefault(row.id if few else row.seed, set()).update(word for text in texts(row) for word in WORD.findall(text))
    counts = Counter(word for words in groups.values() for word in words)
    common = [(count, word) for word, count in counts.items() if count > max(1, COMMON_SHARE * len(groups))]
    return [word for _, word in sorted(common, key=lambda pair: (-pair[0], pair[1]))][:MOST_COMMON]


def split_pattern(common: list[str]) -> str:
    """Longer words first, so that the alternation takes the whole word."""
    parts = [HANDLE.pattern]
    if common:
        words = "|".join(sorted(common, key=lambda word: (-len(word), word)))
        parts += [rf'[{JSON_MARKS}]+(?:{words})":[{JSON_MARKS}]*', rf" (?:{words})(?![A-Za-z_]){BEFORE_HANDLE}"]
    return "|".join([*parts, r"[A-Za-z_]+", r"\d+", rf"[^\sA-Za-z\d_@]+{BEFORE_HANDLE}", "@", r"\s"])


def weighted(rows: list[Row], common: list[str]) -> Iterator[str]:
    """What merges are learned from: vocabulary so often that it becomes tokens, names once each."""
    split = pre_tokenizers.Split(Regex(split_pattern(common)), "isolated")
    counts = Counter(part for row in rows for text in texts(row) for part, _ in split.pre_tokenize_str(text))
    known = set(common)
    for part, count in sorted(counts.items()):
        is_name = WORD.fullmatch(part) and part not in known
        is_vocabulary = part.strip() in known or HANDLE.fullmatch(part) or '":' in part
        # What takes the blank before a handle does so only where one follows.
        text = f"{part}@" if part.endswith(" ") and part != " " else part
        yield from [text] * (1 if is_name else WEIGHT if is_vocabulary else min(count, WEIGHT))


def train_tokenizer(rows: list[Row], vocabulary: int = VOCABULARY) -> PreTrainedTokenizerFast:
    """A tokenizer of at most `vocabulary` tokens, with the chat's marks and the tools' names as tokens. Deterministic."""
    common = common_words(rows)
    tools = sorted({name for row in rows for name in row.tools})
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(split_pattern(common)), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary - len(tools),
        min_frequency=2,
        special_tokens=SPECIAL_TOKENS,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(weighted(rows, common), trainer)
    tokenizer.add_tokens([AddedToken(name, normalized=False, single_word=True) for name in tools])
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        pad_token=PAD,
        eos_token=IM_END,
        chat_template=CHAT_TEMPLATE,
        clean_up_tokenization_spaces=False,
    )


class Encoder:
    """Pieces → token ids. Markup is encoded with its special tokens, everything else as the letters that it is."""

    def __init__(self, tokenizer: PreTrainedTokenizerFast):
        self.tokenizer = tokenizer
        self.markup = tokenizer.backend_tokenizer
        self.plain = Tokenizer.from_str(self.markup.to_str())
        self.plain.encode_special_tokens = True

    def encode(self, pieces: Iterable[Piece]) -> tuple[list[int], list[int]]:
        """`input_ids` and `labels` of equal length; labels are -100 where no loss falls."""
        ids: list[int] = []
        labels: list[int] = []
        for piece in pieces:
            part = (self.markup if piece.markup else self.plain).encode(piece.text, add_special_tokens=False).ids
            ids += part
            labels += part if piece.trained else [IGNORED] * len(part)
        return ids, labels

    def handles(self) -> set[int]:
        """Tokens that are handles."""
        return {token for text, token in self.tokenizer.get_vocab().items() if HANDLE.fullmatch(text) and len(text) > 1}

    def decode(self, ids: list[int]) -> str:
        return self.tokenizer.decode(ids, skip_special_tokens=False)
