/** A question as it came from outside: taken as it is, or refused with what is wrong with it. */

const MAX_QUESTION_BYTES = 20 * 1024;

export class BadQuestion extends Error {
  override readonly name = "BadQuestion";
}

/** The trimmed question. @throws BadQuestion where it is empty, too long, or no text. */
export function readQuestion(raw: string): string {
  const question = raw.trim();
  if (!question) throw new BadQuestion('the question is empty: ask "Which gene is mutated in Marfan syndrome?"');
  const bytes = Buffer.byteLength(question);
  if (bytes > MAX_QUESTION_BYTES) {
    throw new BadQuestion(
      `the question has ${bytes} bytes and the limit is ${MAX_QUESTION_BYTES}: ask about the part that matters`,
    );
  }
  // U+FFFD is what is left of bytes that were not UTF-8.
  if (/[\p{Cc}\uFFFD]/u.test(question.replace(/[\t\n\r]/g, " ")) || !question.isWellFormed()) {
    throw new BadQuestion("the question holds control characters or bytes that are not text: send plain UTF-8 text");
  }
  if (!/\p{L}/u.test(question)) throw new BadQuestion("the question holds no word");
  return question;
}
