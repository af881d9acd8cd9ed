/** Answers that say nothing but that judges are known to pass: punctuation, and openings of a reasoning that never comes. */

const OPENINGS = [
  "thought process",
  "thinking process",
  "let s solve this problem step by step",
  "let s think step by step",
  "step by step solution",
  "solution",
  "answer",
  "final answer",
  "the answer is",
  "解",
  "最终答案",
  "解题步骤",
  "かいせつ",
];

/** True where there is nothing to judge: such an answer is wrong, and no judge is asked. */
export function isEmptyAnswer(answer: string): boolean {
  const words = answer
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
  return words === "" || OPENINGS.includes(words);
}
