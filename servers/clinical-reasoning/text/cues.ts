/** What single words announce, one bit each, so that a text is searched for a pattern only where a word can begin it. */

export const CUE = {
  /** "and", "or", "nor". */
  conjunction: 1,
  /** May deny what follows. */
  denial: 2,
  /** May begin what denies the finding before it. */
  deniedAfter: 4,
  relative: 8,
  stature: 16,
  /** May begin a phrase in which a finding's word means something else. */
  otherSense: 32,
  number: 64,
  aged: 128,
  sex: 256,
  /** May be written apart from the word it belongs to: "pre-auricular", "type A-1". */
  prefix: 512,
  /** Says how much, how sure or on which side, and may stand within a name: "dysplastic left kidney". */
  aside: 1024,
  /** Says that something is absent, perhaps only in part: "no hair dye". */
  absence: 2048,
  /** Is never the noun that an absence goes on to. */
  nounEnd: 4096,
  /** Follows an adjective that is said of no patient: "hypotonic saline". */
  notPatient: 8192,
  /** May begin a phrase that says that a finding is not sure. */
  unsure: 16384,
  /** Names a side of the body. */
  side: 32768,
  /** May describe the noun of a name over a comma: "small, low-set ears". */
  adjective: 65536,
  /** Names a measure of growth. */
  growth: 131_072,
} as const;

const WORDS: readonly (readonly [bit: number, words: RegExp])[] = [
  [CUE.conjunction, /^(?:and|or|nor)$/u],
  [
    CUE.denial,
    /^(?:no|not|without|den(?:ies|ied|ying)|absence|absent|lack(?:s|ed|ing)?|negative|unremarkable|free|fail(?:s|ed)?|never|neither|nor|rules?|ruled|exclu(?:des|ded|ding)|(?:does|did|do|has|had|is|was|were|are)n)$/u,
  ],
  [CUE.deniedAfter, /^(?:was|were|is|are|has|have|not)$/u],
  [
    CUE.relative,
    /^(?:family|(?:grand)?(?:mother|father|parents?)|mom|mum|dad|brothers?|sisters?|siblings?|twin|uncles?|aunts?|cousins?|nephews?|nieces?|paternal|maternal|relatives?)$/u,
  ],
  [CUE.stature, /^(?:tall|short)$/u],
  [CUE.otherSense, /^(?:fits|blind|arms?|falls?|falling)$/u],
  [
    CUE.number,
    /^(?:\d.*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty)$/u,
  ],
  [
    CUE.aged,
    /^(?:aged?|old|yo|\d+yo|newborn|neonate|boy|girl|man|woman|male|female|child|infant|patient|baby|son|daughter)$/u,
  ],
  [
    CUE.sex,
    /^(?:boy|man|male|gentleman|girl|woman|female|lady|he|his|him|himself|she|her|hers|herself|yo|\d+yo|y|o)$/u,
  ],
  [
    CUE.prefix,
    /^(?:[a-z]|pre|post|non|anti|auto|hypo|hyper|micro|macro|mega|poly|oligo|brachy|dolicho|clino|campto|syn|hemi|mono|para|tetra|quadri|brady|tachy|dys|an|exo|eso|endo|retro|sub|supra|infra|inter|intra|peri|epi|extra|trans|ultra|under|over|multi|semi|uni|bi|tri|neuro|cardio|cranio|osteo|hepato|oculo|naso|oro|myo|spondylo|lympho|thrombo|pan|entero|gastro|spleno|photo|broncho|arterio|ab|ad)$/u,
  ],
  [
    CUE.aside,
    /^(?:left|right|bilateral|unilateral|both|mild|moderate|severe|marked|slight|profound|very|rather|quite|extremely|some|other|various|several|further|all|any|human|associated|apparent|definite|obvious|evident|clear|frank|overt|onset|levels?|concentrations?|serum|plasma|circulating|his|her|their|its)$/u,
  ],
  [CUE.aside, /^(?!anomaly|family|early)[a-z]{4,}ly$/u],
  [CUE.absence, /^(?:no|absence|lack|loss)$/u],
  [
    CUE.nounEnd,
    /^(?:and|but|with|by|since|until|yet|for|from|to|that|which|who|he|she|they|when|while|as|after|before|could|has?|had|have|was?)$/u,
  ],
  [
    CUE.notPatient,
    /^(?:drugs?|agents?|therapy|treatments?|medications?|saline|solutions?|syndromes?|diseases?|disorders?|cells?|tissues?|shock|encephalopathy|retinopathy|nephropathy|crisis|crises|emergency|rats?|mouse|mice|models?)$/u,
  ],
  [
    CUE.unsure,
    /^(?:possibl[ey]|probabl[ey]|suspect(?:ed|s)?|suspicious|questionable|likely|presum(?:ed|ably|ptive)|suggest(?:s|ive|ing|ed)|consistent|may|might|maybe|perhaps|borderline|equivocal|doubtful|consider(?:ed)?|uncertain|cannot|not|is|was|are|were)$/u,
  ],
  [
    CUE.adjective,
    /^(?:small|large|big|short|long|broad|wide|narrow|thin|thick|sparse|fine|coarse|low|high|flat|deep|absent|abnormal|bifid|round|curly|dry|brittle|full|tall|slender|stiff|weak|loose|soft|smooth|upturned|prominent|protuberant|triangular|square|bulbous|asymmetric|[a-z]+(?:ed|plastic|trophic|shaped|set|spaced))$/u,
  ],
  [CUE.growth, /^(?:height|length|stature|weight|circumference|ofc|hc)$/u],
  [CUE.side, /^(?:left|right|both|bilateral(?:ly)?|unilateral(?:ly)?|sided)$/u],
];

/** The cues of a lower-case word, as bits. */
export function cuesOf(word: string): number {
  let bits = 0;
  for (const [bit, words] of WORDS) if (words.test(word)) bits |= bit;
  return bits;
}
