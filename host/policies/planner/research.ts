/** The plan for any question: a patient, a chain over the graph, or what a document says; abstaining is an answer. */
import { DescribeGraphResult, type EntityMatch } from "../../../schemas/index.ts";
import { InfrastructureError } from "../../policy.ts";
import { abstain } from "./abstain.ts";
import { call, failures, findEntities, read, readEntities, searchEvidence } from "./calls.ts";
import { compose } from "./compose.ts";
import { BudgetReached, type Conclusion, type Plan } from "./coroutine.ts";
import { differential, isAboutPatient } from "./patient.ts";
import { inCommon } from "./in-common.ts";
import { documentIn, whatItSays } from "./named-document.ts";
import { readSharing } from "./sharing.ts";
import { anchorsOf, variablesOf, type Query, type Variable } from "./query.ts";
import { components, readQuestion } from "./read-question.ts";
import { asksWhatIsSaid, lookOnTheWeb, quote, whatIsSaid } from "./said.ts";
import type { Gap, Link, Solution } from "./links.ts";
import { solve } from "./solve.ts";
import { gatherSources } from "./sources.ts";
import { strength } from "./strength.ts";
import { list, startsWith } from "./text.ts";

export function* research(question: string, knowledge: string): Plan<Conclusion> {
  try {
    const named = documentIn(question);
    if (named && (!named.byNumber || asksWhatIsSaid(question))) {
      const said = yield* whatItSays(named, knowledge);
      if (!named.byNumber || !said.answer.abstained) return said;
    }
    return yield* byKnowledge(question, knowledge);
  } catch (error) {
    if (error instanceof BudgetReached)
      return abstain(knowledge, "the budget of this run was used up before the evidence was complete");
    throw error;
  }
}

function* byKnowledge(question: string, knowledge: string): Plan<Conclusion> {
  if (isAboutPatient(question)) return yield* differential(question, knowledge);
  const returned = yield {
    thought: "What does the question name that is known here?",
    calls: [findEntities(question)],
  };
  const found = readEntities(returned[0]);
  if (!found) throw new InfrastructureError(failures(returned).join("; "));
  const linked = found.entities.filter((e) => e.mention);
  const entities = yield* linkLeftOver(question, linked);
  const sharing = readSharing(question, entities);
  if (sharing) return yield* inCommon(sharing, question, knowledge);
  const query = readQuestion(question, entities);
  if (asksWhatIsSaid(question) && !isClearChain(query, question))
    return yield* whatIsSaid(question, entities, knowledge);
  if (!hangsTogether(query)) return yield* cannotBeAsked(query, question, entities, knowledge);
  return yield* alongTheGraph(query, question, knowledge);
}

/** Words that no name accounts for may be part of one: "tuberous sclerosis" of "tuberous sclerosis 1". Each run is asked for by itself. */
function* linkLeftOver(question: string, linked: EntityMatch[]): Plan<EntityMatch[]> {
  const runs = readQuestion(question, linked).unread.filter((u) => u.condition);
  const spans = runs.slice(0, 3).map(({ text, start }) => ({ start, end: start + text.length, text }));
  if (spans.length === 0 || asksWhatIsSaid(question)) return linked;
  const thought = `I do not know ${list(spans.map((r) => `“${r.text}”`))} by that name; is anything called so in part?`;
  const returned = yield { thought, calls: spans.map((r) => findEntities(r.text, 8)) };
  const found = spans.flatMap((mention, n) =>
    (readEntities(returned[n])?.entities ?? [])
      .filter((e) => e.match === "fuzzy" || (startsWith(e.matchedName, mention.text) && isTelling(mention.text)))
      .map((e) => ({ ...e, match: "fuzzy" as const, score: 0.5, mention })),
  );
  const covered = (e: EntityMatch) =>
    found.some((f) => f.mention.start <= e.mention!.start && e.mention!.end <= f.mention.end);
  return [...linked.filter((e) => !covered(e)), ...found];
}

/** One plain word begins too many names to be taken for one of them. */
function isTelling(text: string): boolean {
  return /\s/.test(text) || /[\p{Lu}\d]/u.test(text);
}

/** A question of what is said that is a chain all the same: an unknown of a kind, tied by a relation to a name ("what is the gene …"). */
function isClearChain(query: Query, question: string): boolean {
  const asked = variablesOf(query).filter((v) => v.asked && v.categories.length > 0);
  const says =
    /\b(?:say|says|said|state[sd]?|according to|report(?:s|ed)?|conclude[sd]?|mention(?:s|ed)?|describes?|why)\b/i.test(
      question,
    );
  return !says && asked.length > 0 && hangsTogether(query);
}

/** Everything asked is tied to something named, and nothing that would limit the answer was left unread. */
function hangsTogether(query: Query): boolean {
  const component = components(query, query.constraints);
  const anchored = new Set(anchorsOf(query).map((a) => component.get(a.id)));
  const asked = variablesOf(query).filter((v) => v.asked);
  return (
    query.constraints.length > 0 &&
    asked.every((v) => anchored.has(component.get(v.id))) &&
    anchorsOf(query).every((a) => query.constraints.some((c) => c.subject === a.id || c.object === a.id)) &&
    !query.unread.some((u) => u.condition)
  );
}

function* alongTheGraph(query: Query, question: string, knowledge: string): Plan<Conclusion> {
  const solution: Solution = yield* solve(query);
  if (solution.gap) return yield* broken(solution.gap, question, knowledge);
  const sources = yield* gatherSources(inOrderOfUse(query, solution), question);
  const conclusion = compose(query, solution, sources);
  if (conclusion) return conclusion;
  return abstain(knowledge, "the relations are there, but no passage is stored that says them");
}

/** The best supported relation of each unknown that was asked, then the next of each, and so on; those of the way there come last. */
function inOrderOfUse(query: Query, solution: Solution): Link[] {
  const asked = variablesOf(query).filter((v) => v.asked);
  const strongest = solution.links.toSorted((a, b) => strength([b]) - strength([a]));
  const unknownOf = (l: Link) => asked.findLast((v) => [l.constraint.subject, l.constraint.object].includes(v.id));
  const ranks = new Map<Variable | undefined, number>();
  const rank = new Map(
    strongest.map((l) => {
      const unknown = unknownOf(l);
      const n = ranks.get(unknown) ?? 0;
      ranks.set(unknown, n + 1);
      return [l, unknown ? n : Number.MAX_SAFE_INTEGER] as const;
    }),
  );
  return strongest.toSorted((a, b) => rank.get(a)! - rank.get(b)!);
}

/** The chain breaks off: a failure of the tools is no fact; otherwise documents and the web are looked at before giving up. */
function* broken(gap: Gap, question: string, knowledge: string): Plan<Conclusion> {
  if (gap.failures.length > 0) throw new InfrastructureError(`the graph could not be read: ${gap.failures.join("; ")}`);
  yield {
    thought: `The graph does not carry it: ${gap.message}. Do the documents?`,
    calls: [searchEvidence(question)],
  };
  const looked = yield* lookOnTheWeb(question);
  return abstain(knowledge, gap.message, looked);
}

/** Not a chain that could be followed: something unknown is named, or nothing is related. The documents may still say it. */
function* cannotBeAsked(query: Query, question: string, entities: EntityMatch[], knowledge: string): Plan<Conclusion> {
  const conditions = query.unread.filter((u) => u.condition).map((u) => `“${u.text}”`);
  if (conditions.length === 0 && entities.length > 0) return yield* whatIsSaid(question, entities, knowledge);
  const said = yield* quote(question, entities, true);
  if (said) return said;
  const returned = yield {
    thought: `${conditions.length > 0 ? `I find nothing called ${list(conditions)}` : "Nothing known is named"}. What is this knowledge about?`,
    calls: [call("kg-explorer", "describe_graph", {})],
  };
  const graph = read(DescribeGraphResult, returned[0]);
  const holds = graph
    ? [
        `It holds ${graph.categories
          .slice(0, 4)
          .map((c) => `${c.count} × ${c.category}`)
          .join(", ")}.`,
      ]
    : [];
  const looked = yield* lookOnTheWeb(question);
  const missing =
    conditions.length > 0
      ? `it knows nothing called ${list(conditions)}, or I do not understand the word`
      : "the question names nothing that it knows";
  return abstain(knowledge, missing, [...holds, ...looked]);
}
