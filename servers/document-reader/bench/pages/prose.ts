/** Prose for the pages: medical sentences by chance, and the small talk of web sites. */
import { mulberry32 } from "../../../kit/mulberry.ts";

const CONDITIONS =
  "heart failure|type 2 diabetes|atrial fibrillation|severe asthma|chronic kidney disease|Wilson disease|rheumatoid arthritis|migraine|ulcerative colitis|cystic fibrosis|sepsis|osteoporosis".split(
    "|",
  );
const DRUGS =
  "valsartan|metformin|apixaban|mepolizumab|dapagliflozin|trientine|methotrexate|erenumab|vedolizumab|ivacaftor|noradrenaline|denosumab".split(
    "|",
  );
const OUTCOMES =
  "hospital admissions|mortality from any cause|the rate of relapse|quality of life|renal function|the number of exacerbations|blood pressure|days lost from work".split(
    "|",
  );
const PEOPLE = "Anna Keller|Joao Pires|Mei Tanaka|Omar Haddad|Ruth Osei|Lars Nyman|Elena Rossi|Tom Becker".split("|");
const PLACES = "Basel|Porto|Osaka|Lyon|Accra|Uppsala|Bologna|Leeds".split("|");

export class Prose {
  readonly random: () => number;

  constructor(seed: number) {
    this.random = mulberry32(seed);
  }

  int(from: number, to: number): number {
    return from + Math.floor(this.random() * (to - from + 1));
  }

  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.random() * list.length)]!;
  }

  condition = () => this.pick(CONDITIONS);
  drug = () => this.pick(DRUGS);
  outcome = () => this.pick(OUTCOMES);
  person = () => this.pick(PEOPLE);
  place = () => this.pick(PLACES);

  sentence(): string {
    const n = this.int(40, 4000);
    const [a, b] = [this.drug(), this.condition()];
    return this.pick([
      `In a cohort of ${n} adults with ${b}, ${a} was followed by fewer changes in ${this.outcome()} than expected.`,
      `Doctors in ${this.place()} have used ${a} for ${this.int(2, 19)} years, and many of them regard it as a sensible first step.`,
      `The effect on ${this.outcome()} was small, with a difference of ${this.int(1, 30)} per cent after ${this.int(4, 52)} weeks.`,
      `Patients who stopped ${a} early were older, took more medicines, and had lived with ${b} for longer.`,
      `"We did not expect this," said ${this.person()}, who led the work at the university hospital in ${this.place()}.`,
      `It remains unclear whether ${this.outcome()} improves in people with ${b} who also receive ${a}.`,
      `Before treatment begins, ${this.outcome()} should be recorded, and again after ${this.int(2, 12)} weeks.`,
      `Compared with placebo, ${a} reduced ${this.outcome()} (hazard ratio 0.${this.int(55, 95)}; ${n} participants).`,
      `None of the ${this.int(3, 40)} centres reported a case of ${b} that could be traced to the medicine itself.`,
      `For ${b}, the choice depends on age, on kidney function and on what the patient is prepared to accept.`,
      `A second analysis, published in ${this.int(2012, 2025)}, came to the same conclusion by other means.`,
      `Costs differ widely: a month of ${a} costs between ${this.int(5, 60)} and ${this.int(70, 900)} euros, depending on the country.`,
    ]);
  }

  paragraph(from = 3, to = 6): string {
    return Array.from({ length: this.int(from, to) }, () => this.sentence()).join(" ");
  }

  headline(): string {
    return this.pick([
      `What ${this.drug()} can do for people with ${this.condition()}`,
      `New doubts about ${this.drug()} in ${this.condition()}`,
      `How hospitals in ${this.place()} treat ${this.condition()}`,
      `${cap(this.condition())}: when to start ${this.drug()}`,
      `${cap(this.drug())} and ${this.outcome()}: a second look`,
    ]);
  }

  heading(): string {
    return this.pick([
      `Who should receive ${this.drug()}?`,
      `Effect on ${this.outcome()}`,
      `Monitoring in ${this.condition()}`,
      `What the trial in ${this.place()} found`,
      "Side effects to watch for",
      "Before you start",
      `Doses of ${this.drug()}`,
      "Open questions",
    ]);
  }

  date(): string {
    return `${this.int(1, 28)} ${this.pick(["January", "March", "May", "July", "October"])} ${this.int(2015, 2025)}`;
  }
}

export function cap(text: string): string {
  return text[0]!.toUpperCase() + text.slice(1);
}
