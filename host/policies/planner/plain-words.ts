/** Words that need no reading. */

/** Words that carry no constraint of their own; what is neither here, nor a phrase, a kind or a name is reported as not understood. */
export const PLAIN_WORDS = new Set(
  `a an the and or but of in on at to for from by with without as is are was were be been being do does did has have had can could may might will would should
  which what who whose whom how where when why that this these those it its they them their there each every all any both either other others another same also
  else one two three four five more most than then so such about into between through via up out if not no only just please tell me us give name list find show shows
  identify say says said called known named following patient patients people person human humans common commonly share shares shared first second main major
  work works working treat use used using take taken make made get gets cause caused causes case cases kind kinds type types form forms thing things i you we my your our
  way manner fashion pattern responsible culprit cared present presence absence however still yet ever many much number affected altered shared mutated mutation mutations gene genes disease diseases drug drugs her his she he him deficient missing lacking absent deficiency faulty seen found observed together simultaneously company companies`
    .split(/\s+/)
    .filter(Boolean),
);

/** Words that colour a question without changing what would answer it here; they are named in the answer as not looked at. */
export const SOFT_WORDS = new Set(
  `rare inherited genetic hereditary monogenic severe serious typical typically important medical clinical current currently approved available new novel oral
  childhood children child adults adult infancy infants humans human women men today presently usually often sometimes generally specific particular single
  first-line standard modern well-known famous so-called well mainly especially specifically actually really briefly exactly know known question answer`
    .split(/\s+/)
    .filter(Boolean),
);
