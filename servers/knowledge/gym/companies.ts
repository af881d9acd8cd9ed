/** Companies over time: which merged into which, which were bought; and who could have done something in a given year. */
import type { Population } from "./population.ts";
import type { Random } from "./random.ts";
import { PRESENT, type Ref, type World } from "./world.ts";

const MERGED = 0.12;
const BOUGHT = 0.2;

export class Companies {
  readonly #world: World;
  readonly #random: Random;
  readonly #all: readonly Ref[];
  /** When a company ceased to act under its own name, and what then held its drugs. */
  readonly #ends = new Map<Ref, { year: number; heir: Ref }>();

  constructor(world: World, { companies }: Population, random: Random) {
    this.#world = world;
    this.#random = random;
    this.#all = companies;
    this.#merge();
    this.#buy();
  }

  /** One that acted all through these years; a few large ones more often than the many small ones. */
  activeIn(from: number, to: number): Ref {
    for (let tries = 0; tries < 40; tries++) {
      const company =
        this.#all[
          this.#random.chance(0.5) ? this.#random.skewed(this.#all.length) : this.#random.below(this.#all.length)
        ]!;
      if (this.isActive(company, from, to)) return company;
    }
    return this.#all[0]!;
  }

  /** Who holds what the company made, today; undefined where it still does itself. */
  heirOf(company: Ref): { year: number; heir: Ref } | undefined {
    return this.#ends.get(company);
  }

  /** Founded by then, and not yet part of another. */
  isActive(company: Ref, from: number, to: number): boolean {
    const end = this.#ends.get(company)?.year ?? PRESENT + 1;
    return this.#world.number(company, "founded") <= from && to < end;
  }

  /** Some companies of the list are young ones that two older ones formed. */
  #merge(): void {
    const count = Math.max(1, Math.round(MERGED * this.#all.length));
    const [, ...others] = this.#all;
    const order = this.#random.order(others.length).map((place) => others[place]!);
    for (let i = 0; i + 2 < order.length && i < 3 * count; i += 3) {
      const [merged, first, second] = [order[i]!, order[i + 1]!, order[i + 2]!];
      const year = this.#random.between(1995, 2015);
      // Those of a merger are long-standing firms, so that they have drugs of their own.
      for (const parent of [first, second]) {
        const founded = this.#random.between(1895, 1975);
        this.#world.entities[parent]!.attributes!["founded"] = founded;
      }
      this.#world.entities[merged]!.attributes!["founded"] = year;
      const qualifiers = { temporal: { date: String(year) } };
      for (const [parent, partner] of [
        [first, second],
        [second, first],
      ] as const) {
        this.#ends.set(parent, { year, heir: merged });
        const fact = { subject: merged, predicate: "formed_by_merger_of", object: parent, qualifiers, year } as const;
        this.#world.addFact({ ...fact, partner });
      }
    }
  }

  #buy(): void {
    const wanted = Math.round(BOUGHT * this.#all.length);
    for (let n = 0; n < wanted; n++) {
      const [subject, object] = [this.#random.pick(this.#all), this.#random.pick(this.#all)];
      if (this.#ends.has(object) || object === this.#all[0] || this.#inherits(object)) continue;
      const earliest = Math.max(...[subject, object].map((c) => this.#world.number(c, "founded"))) + 5;
      const latest = Math.min(PRESENT, (this.#ends.get(subject)?.year ?? PRESENT + 1) - 1);
      if (earliest > latest) continue;
      const year = this.#random.between(Math.max(earliest, Math.min(1985, latest)), latest);
      const qualifiers = { temporal: { date: String(year) } };
      if (this.#world.addFact({ subject, predicate: "acquired", object, qualifiers, year })) {
        this.#ends.set(object, { year, heir: subject });
      }
    }
  }

  /** One that holds others' drugs stays, so that "who holds it today" is one step. */
  #inherits(company: Ref): boolean {
    return [...this.#ends.values()].some(({ heir }) => heir === company);
  }
}
