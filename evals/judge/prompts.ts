/** What the judges are asked, in the form that each benchmark's own judge is asked in; the wording is this project's. */

/** Part of a cell's scorer name: a reworded prompt is another judge. */
export const PROMPT_VERSION = 1;

export interface ToJudge {
  question: string;
  gold: string;
  answer: string;
}

/** MedBrowseComp: a JSON object of three members. */
export function medbrowsecompMessages({ question, gold, answer }: ToJudge) {
  const system =
    "You judge, impartially, whether a response gives the correct answer. Output one JSON object and nothing else.";
  const user = `Compare the final answer of the response with the correct answer.

[question]: ${question}

[response]: ${answer}

[correct_answer]: ${gold}

The JSON object has three members, all strings:
"extracted_final_answer": the exact final answer that the response gives, or "None" if it gives no single final answer.
"reasoning": whether it differs from the correct answer in a way that matters. Do not solve the question and do not argue for another answer. Case does not matter. Where the response was asked for the year of a date, the year is enough.
"correct": "yes" if the extracted answer is the correct answer or, for a number, within a small margin of it; "no" if there is any inconsistency, ambiguity or difference, or no answer.`;
  return [
    { role: "system" as const, content: system },
    { role: "user" as const, content: user },
  ];
}

/** xBench: three labelled lines in Chinese. */
export function xbenchMessages({ question, gold, answer }: ToJudge) {
  const content = `请判断下面的[回答]是否给出了[原问题]的[正确答案]。

[原问题]: ${question}

[正确答案]: ${gold}

[回答]: ${answer}

请严格按以下三行格式输出, 冒号用半角:

最终答案: 从[回答]中提取的最终答案; 如果没有明确的最终答案, 写'无'。

解释: 只说明[最终答案]与[正确答案]之间有没有实质性差异; 不要重新解题, 不要为其他答案辩护。

结论: 如果两者一致, 或者数值在可接受的微小误差之内, 写'正确'; 只要有任何不一致、歧义或不等价, 写'错误'。`;
  return [{ role: "user" as const, content }];
}
