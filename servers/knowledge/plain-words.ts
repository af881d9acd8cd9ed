/** English that questions are made of: words that name no entity by themselves, however a graph's names are spelled. */

/** Function and question words: no one-word name is ever read out of them, except a symbol in capitals. */
const FUNCTION_WORDS = list(`
a about above after again against all almost also although always am among an and another any anyone anything are as at
away be because been before being below between both but by can cannot could did do does doing done during each either
else enough even ever every few for from further get gets give given gives go had has have having he her here hers him
his how however i if in instead into is it its itself just keep least less let like likely made make makes many may me
might mine more most much must my name named names near neither never next no nobody none nor not nothing now of off
often on once one only or other others otherwise ought our ours out over own per perhaps please rather same say says
see shall she should show shows shown since so some someone something soon still such take taken takes tell than that
the their them then there these they this those though through thus to together too toward two three four five under
until up upon us use used uses using very via want was way we well were what whatever when where whether which while
who whole whom whose why will with within without would yes yet you your`);

/** Words of questions about medicine: never taken for a misspelt name. */
const QUESTION_WORDS = list(`
able absent accept access account acquire act action active activity actual acute add administer admit adult affect
afford age agent agree aid aim allow alone already alter alternative amount analyse analyze animal announce answer
apart appear apply approach appropriate approve approval area argue arise around arrive article ask assess assign
associate association assume attack available avoid aware baby back background bad base basic basis become begin behave
belong benefit better big bind birth block blood body book born bound boy branch brand break brief bring broad brown build call
candidate care carry case category cause caution cell center central century certain chain chance change character
characteristic check chemical child children choice choose chronic citation cite claim class clear clinic clinical
clock close code combination combine come common commonly company compare comparison competitor complete complex
complication component compound conclude concern condition confirm connect connection consequence consider consist
contain content context continue contraindicate contraindication control contribute copy corporation correct correspond
cost count country course cover create cure current cut daily damage danger data database date day dead deal death decide
decline decrease deep defect define definition degree deliver depend describe description design detail detect determine
develop developer development diagnose diagnosis diagnostic die differ difference different difficult direct directly
discontinue discover discovery discuss disease disorder disrupt distinct distinguish doctor document dose dosage drug
due early easy effect effective efficacy eight element elevate eliminate employ enable encode encounter end enhance
entity enzyme establish estimate evaluate event evidence evident exact examine example excess exclude exhibit exist
expect experience explain explanation express expression extra face fact factor fail failure fall false familial family
famous far father feature feel female figure final find finding firm first fit follow food form formation former found
frequency frequent frequently full function future gain gender gene general generic genetic girl good great group grow
growth guide guideline hand happen hard harm health healthy helix hear help hereditary high history hold home hospital hour
human idea identify identity illness image imagine impact impair important improve improvement include increase independent
indicate indication individual infant infection influence inform information ingredient inherit inheritance inhibit
inhibitor initial injury inquire instance intend interact interaction interest intervention introduce invent investigate
involve isolate issue item join joint journal keep key kid kind know knowledge known label laboratory lack large last late
latter launch lead learn leave left length letter level license life light limit line link list listed literature little
live locate location long look lose loss low lower main maintain major makers maker male man manage management manifest
manifestation manner manufacture manufacturer mark market mass mast match material matter maximum mean meaning measure mechanism
mediate medical medication medicine meet member men mention merge merger metabolism method middle mild minor miss mode
model moderate modern molecule moment month mother move mutate mutation natural nature necessary need negative new newborn
news normal normally note number observe obtain obvious occur offer old older onset open opinion option oral order organ
organisation organization origin original outcome overall owner page paper parent part partial particular partner party
patent path pathway patient patients pattern pay people percent perform period persist person phase phenotype phenotypic
place plan play point poor population position positive possible possibly potential practice precede precise predict
prescribe prescription presence present presentation prevent prevention previous primary principle prior probable problem
proceed process produce producer product profile progress progressive prolong promote proof proper property propose
protect protein prove provide publication publish pull purpose put quality question quick range rare rarely rate reach
reaction read real reason receive receptor recent recently recommend recommendation record reduce reduction refer
reference regard region regulate regulator relate relation relationship relative release relevant remain remedy remember
remove repeat replace report represent require research resemble resist respond response responsible rest result retract
return reveal review right rise risk role room rule run safe safety sample scale school science scientist score search
second secondary section seek seem select sell send sense separate sequence series serious serve service set seven severe
severity sex share short side sign signal significant similar simple simultaneous single site situation six size slow
small social sold solution solve sometimes source special specialist species specific speak sponsor spread stage stand
standard start state statement stay step stop stress strong structure study subject substance subtype succeed success
suffer sufferer suggest suit summary supply support suppose surgery survey survival suspect symptom symptomatic
syndrome synonym system target teach team tend term test text thank theory therapy therapeutic thing think third threaten
time tissue title today toddler tolerate tool top topic total trait transmit transmission treat treatment trial trigger
true trust try turn twin type typical typically understand unite university unknown unusual update usual usually
value variant variety various verify version view visit volume wait walk warn warning watch weak week weight white wide
widely win woman women wonder word work world worse write wrong year young younger youth`);

/** Words that may well be names in an ontology ("All", "Severe"), yet say nothing about what a text is about. */
const GENERIC_WORDS = list(`
abnormal abnormality acute adult all bilateral bland central child childhood chronic clinical condition constant
death deceased diffuse disability disease disorder distal drug dull episodic failure falls family female finding
focal frequent gene generalised generalized healthy heterogeneous illness infancy infant infection inheritance
intensity intermittent irritable juvenile lateral left localised localized male medicine mild moderate neonatal
obligate occasional onset pain patient peripheral persistent phenotype pill postnatal profound progressive
prolonged protein proximal puberty rare recurrent refractory right severe severity sharp sporadic stable stage
symmetric symptom syndrome therapy transient treatment trial triggered unilateral variable very`);

/** True for a word that is never a name by itself in running text: a folded word. */
export function isFunctionWord(word: string): boolean {
  return FUNCTION_WORDS.has(word);
}

/** True for ordinary English, in any of its forms: never a misspelt name. */
export function isPlainWord(word: string): boolean {
  return stems(word).some((stem) => FUNCTION_WORDS.has(stem) || QUESTION_WORDS.has(stem) || GENERIC_WORDS.has(stem));
}

/** All of it, in the forms that the lists have. */
export function plainWords(): string[] {
  return [...FUNCTION_WORDS, ...QUESTION_WORDS, ...GENERIC_WORDS];
}

/** True for a word that may be a name, but only where a text names nothing else. */
export function isGenericWord(word: string): boolean {
  return stems(word).some((stem) => GENERIC_WORDS.has(stem) || QUESTION_WORDS.has(stem));
}

function stems(word: string): string[] {
  const found = [word];
  for (const [ending, others] of ENDINGS) {
    if (word.length > ending.length + 2 && word.endsWith(ending)) {
      const stem = word.slice(0, -ending.length);
      found.push(...others.map((other) => stem + other));
      if (stem.at(-1) === stem.at(-2)) found.push(stem.slice(0, -1));
    }
  }
  return found;
}

const ENDINGS: readonly (readonly [string, readonly string[]])[] = [
  ["ies", ["y"]],
  ["ied", ["y"]],
  ["es", ["", "e"]],
  ["s", [""]],
  ["ed", ["", "e"]],
  ["ing", ["", "e"]],
  ["ly", ["", "le"]],
  ["er", ["", "e"]],
];

function list(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}
