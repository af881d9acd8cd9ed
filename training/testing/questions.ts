/** Questions over the starter knowledge, written by hand: chains that it holds, an answer each. */
import { normaliseName, openKnowledge } from "../../servers/knowledge/index.ts";
import type { Hop, QuestionRow } from "../../schemas/index.ts";

type Triple = [subject: string, predicate: string, object: string];

interface Written {
  question: string;
  answer: string;
  aliases?: string[];
  specialty: QuestionRow["specialty"];
  /** By name, seed first. */
  chain: Triple[];
}

const WRITTEN: Written[] = [
  {
    question: "Which company makes the drug that treats cystic fibrosis and acts on CFTR?",
    answer: "Vertex Pharmaceuticals",
    aliases: ["Vertex"],
    specialty: "respiratory medicine",
    chain: [
      ["ivacaftor", "treats", "cystic fibrosis"],
      ["ivacaftor", "manufactured_by", "Vertex Pharmaceuticals"],
    ],
  },
  {
    question: "Which gene causes the disease that nusinersen treats?",
    answer: "SMN1",
    specialty: "neurology",
    chain: [
      ["nusinersen", "treats", "spinal muscular atrophy type I"],
      ["SMN1", "causes", "spinal muscular atrophy type I"],
    ],
  },
  {
    question: "Which gene is mutated in Marfan syndrome?",
    answer: "FBN1",
    specialty: "cardiology",
    chain: [["FBN1", "causes", "Marfan syndrome"]],
  },
  {
    question: "Which gene causes phenylketonuria?",
    answer: "PAH",
    specialty: "genetics",
    chain: [["PAH", "causes", "phenylketonuria"]],
  },
  {
    // There are two: an answer that names both is none.
    question: "Which trial compared Entresto with enalapril?",
    answer: "PARADIGM-HF",
    specialty: "cardiology",
    chain: [["PARADIGM-HF", "has_comparator", "enalapril"]],
  },
];

/** Rows with the ids of the starter that lies under `home` (it is built there at first use). */
export function starterQuestions(home?: string): QuestionRow[] {
  const knowledge = openKnowledge("starter", home);
  try {
    const { graph, manifest } = knowledge;
    const idOf = (name: string) => {
      const found = graph.named(normaliseName(name))[0];
      if (!found) throw new Error(`the starter knows no ${name}`);
      return graph.entityAt(found.entity).id;
    };
    return WRITTEN.map(({ question, answer, aliases = [], specialty, chain }, i): QuestionRow => {
      const hops = chain.map(([subject, predicate, object]): Hop => ({
        relation: `${subject} ${predicate} ${object}`,
        subject: idOf(subject),
        predicate,
        object: idOf(object),
        document: "NOTE:by-hand",
        quote: "",
      }));
      return {
        id: `starter-${i + 1}`,
        question,
        answer,
        aliases,
        hops: chain.length,
        specialty,
        knowledge: "starter",
        proof: {
          revision: manifest.revision,
          seed: hops[0]!.subject,
          chain: hops,
          clues: [
            {
              kind: "relation",
              subject: "?0",
              predicate: chain[0]![1],
              object: hops[0]!.object,
              words: question,
              blur: "none",
            },
          ],
          answer: idOf(answer),
          withoutClue: [2],
          anchors: [hops[0]!.subject],
        },
      };
    });
  } finally {
    knowledge.close();
  }
}
