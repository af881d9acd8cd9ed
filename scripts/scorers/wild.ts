/** Random answers, golds, numbers and judge's replies: near enough to each other and to the rules' edges that both verdicts occur. */
import { mulberry32 } from "../../servers/kit/mulberry.ts";

const SEED = 20_260_501;

/** Uniform in [0, 1) from a fixed seed: a difference that is found once is found again. */
const random = mulberry32(SEED);
const below = (n: number) => Math.floor(random() * n);
const pick = <T>(list: readonly T[]): T => list[below(list.length)]!;
const chars = (text: string) => Array.from(text);
const several = (most: number, make: () => string) => Array.from({ length: below(most + 1) }, make).join("");

const SPACES = [
  ...chars(" \t\n\r\v\f"),
  "\u001c",
  "\u001d",
  "\u001e",
  "\u001f",
  "\u0085",
  "\u00a0",
  "\u1680",
  "\u2003",
  "\u200b",
  "\u2028",
  "\u2029",
  "\u202f",
  "\u205f",
  "\u3000",
  "\ufeff",
  "\0",
];
const DIGITS = [...chars("0123456789"), "１", "٣", "५", "𝟗", "𝟬", "²", "½", "Ⅷ", "〇"];
const MARKS = [...chars("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"), "’", "–", "、", "：", "€"];
const LETTERS = [
  ...chars("abcxyzABCXYZeEinfINFaANß"),
  "É",
  "é",
  "İ",
  "ı",
  "Σ",
  "σ",
  "ς",
  "Ǆ",
  "ﬁ",
  "K",
  "Å",
  "文",
  "🧬",
  "\ud800",
];
const WORDS = [
  "imatinib",
  "BCR-ABL",
  "St. Petersburg",
  "right",
  "17",
  "3.0",
  "0x10",
  "1e3",
  "inf",
  "nan",
  "None",
  "infinity",
  "ΟΔΟΣ",
  "100%",
  "$5",
  "1_000",
  "",
  "a",
  "b",
];

function numberText(): string {
  const digits = () =>
    pick(DIGITS.slice(0, random() < 0.9 ? 10 : DIGITS.length)) +
    several(4, () => pick(random() < 0.93 ? DIGITS.slice(0, 10) : ["_", "__", ",", ...DIGITS]));
  const forms = [
    () => digits(),
    () => `${digits()}.${digits()}`,
    () => `.${digits()}`,
    () => `${digits()}.`,
    () => `${digits()}e${pick(["", "+", "-"])}${digits()}`,
    () =>
      pick([
        "inf",
        "Infinity",
        "nan",
        "NaN",
        "INF",
        "infinit",
        "in_f",
        "0x1F",
        "0b1",
        "1e400",
        "-1e-400",
        "1__0",
        "_1",
        "1_",
        "1_.5",
        "1._5",
        "1e_5",
        "1_e5",
        "",
        ".",
        "e5",
        "+",
        "١٢٣",
        "１２．５",
        "9007199254740993",
        "0.1e-6",
        "1 000",
      ]),
  ];
  return pick(["", "", "", "+", "-", "$", "--"]) + pick(forms)() + pick(["", "", "", "%", "e", "f"]);
}

function padded(text: string): string {
  return random() < 0.7 ? text : several(2, () => pick(SPACES)) + text + several(2, () => pick(SPACES));
}

function plainText(): string {
  return several(
    4,
    () =>
      (random() < 0.5 ? pick(WORDS) : several(5, () => pick(pick([LETTERS, LETTERS, DIGITS, MARKS, SPACES])))) +
      pick(["", " ", ""]),
  );
}

function element(): string {
  return padded(random() < 0.45 ? numberText() : plainText());
}

function listText(): string {
  return Array.from({ length: 1 + below(4) }, element).reduce(
    (text, part) => text + pick([",", ";", ", ", "; "]) + part,
  );
}

/** A gold said again in a way that the rules may or may not forgive. */
function varied(gold: string): string {
  let text = gold;
  for (let i = below(4); i > 0; i--) {
    const at = below(text.length + 1);
    const changes: (() => string)[] = [
      () => text.slice(0, at) + pick(SPACES) + text.slice(at),
      () => text.slice(0, at) + pick(MARKS) + text.slice(at),
      () => text.toUpperCase(),
      () => text.toLowerCase(),
      () => text.replaceAll(",", pick([";", ", ", ""])),
      () => text.slice(0, at) + text.slice(at + 1),
      () => `$${text}%`,
      () => text.replace(/(?<=\d)(?=\d{3}$)/, ","),
      () => (Number.isFinite(Number(text)) ? Number(text).toFixed(3) : text),
    ];
    text = pick(changes)();
  }
  return text;
}

export function pairs(count: number): { gold: string; answer: string | null }[] {
  return Array.from({ length: count }, () => {
    const gold = pick([element, listText, plainText])();
    const other = () => pick([element, listText, plainText])();
    const answer = random() < 0.02 ? null : random() < 0.75 ? varied(gold) : other();
    return { gold, answer };
  });
}

export function floats(count: number): string[] {
  return Array.from({ length: count }, () => (random() < 0.8 ? padded(numberText()) : plainText()));
}

function label(name: string): string {
  return pick([name, `**${name}**`, `**${name}:**`, name.slice(1)]) + pick([":", ":", "：", "", "::", " :"]);
}

function gap(): string {
  return pick([" ", " ", "", "  ", "\n", "\u3000", "*", "**", "\r", "\u2028"]);
}

export function judgeReplies(count: number): string[] {
  return Array.from({ length: count }, () => {
    const answer = `${label("最终答案")}${gap()}${pick(["42", "无", "a:b", plainText()])}`;
    const verdict = `${label("结论")}${gap()}${pick(["正确", "错误", "正确。", "不正确", "对"])}`;
    return [
      answer,
      pick([`${label("解释")}${gap()}${plainText()}`, ""]),
      verdict,
      pick(["", "", verdict.replace("正确", "错误")]),
    ].join(pick(["\n", "\n\n", " "]));
  });
}
