/** Sentences of medical prose: the platform's segmenter, repaired where it stumbles over abbreviations and wrapped lines. */

export interface Span {
  start: number;
  end: number;
}

const segmenter = new Intl.Segmenter("en", { granularity: "sentence" });

/** Words that end in a full stop without ending a sentence. */
const ABBREVIATION =
  /(?:^|[\s([])(?:e\.g|i\.e|et al|vs?|cf|ca|approx|resp|figs?|tabs?|eqs?|refs?|no|nos|vol|ed|eds|dr|prof|mr|mrs|ms|st|inc|ltd|corp|co|sp|spp|subsp|var|ssp|dept|univ|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|min|max|wt|i\.v|i\.m|s\.c|p\.o|b\.i\.d|t\.i\.d|q\.d)\.\s*$/iu;

/** Spans of the sentences without surrounding white space. A line break ends a sentence unless the line is plainly wrapped. */
export function sentencesOf(text: string): Span[] {
  const spans: Span[] = [];
  let open: Span | undefined;
  for (const { segment, index } of segmenter.segment(text)) {
    const end = index + segment.length;
    if (open && continues(text, open, index)) open.end = end;
    else {
      if (open) spans.push(open);
      open = { start: index, end };
    }
  }
  if (open) spans.push(open);
  return spans.map((span) => trim(text, span)).filter(({ start, end }) => end > start);
}

/** True where the segmenter broke a sentence that goes on. */
function continues(text: string, before: Span, at: number): boolean {
  const tail = text.slice(Math.max(before.start, at - 24), at);
  const next = /\S/.exec(text.slice(at, at + 8))?.[0] ?? "";
  if (tail.includes("\n")) return /[^\s.!?:;]\n[^\S\n]*$/.test(tail) && at - before.start > 40 && /\p{Ll}/u.test(next);
  return /\p{Ll}/u.test(next) || ABBREVIATION.test(tail) || /^[,;)\]%]/.test(next);
}

function trim(text: string, { start, end }: Span): Span {
  while (start < end && /\s/.test(text[start]!)) start += 1;
  while (end > start && /\s/.test(text[end - 1]!)) end -= 1;
  return { start, end };
}
