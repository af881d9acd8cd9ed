/** A patient's question over the five servers: what passages say of frequencies is counted in with its quote, once, or nothing changes. */
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listSessions, loadPolicy, replaySession, type Outcome } from "../host/index.ts";
import { documentText, type Document } from "../schemas/index.ts";
import { makeKnowledge } from "../servers/clinical-reasoning/testing/knowledge-folder.ts";
import { DocumentStore, knowledgePath } from "../servers/knowledge/index.ts";
import { workplace } from "./workplace.ts";
import { openAsking, type Asking } from "./asking.ts";

const place = workplace();
const folder = knowledgePath("test", place.home);
/** Beside what `makeKnowledge` stores: "Of 50 patients with homocystinuria, 30 had arachnodactyly." in NOTE:series. */
const MORE: Document[] = [
  note("withdrawn", "Arachnodactyly was seen in 49 of 50 patients with homocystinuria.", "retracted"),
  note("trial", "Seizures improved in 12 of 20 patients with homocystinuria."),
  note("others", "Intellectual disability was seen in none of 30 patients with Marfan syndrome type 2."),
];
let asking: Asking;

function note(name: string, text: string, integrity?: "retracted"): Document {
  return { id: `NOTE:${name}`, title: name, sections: [{ label: "", text }], ...(integrity ? { integrity } : {}) };
}

beforeAll(async () => {
  makeKnowledge(folder).close();
  const documents = new DocumentStore(join(folder, "documents.db"));
  documents.put(MORE);
  documents.close();
  asking = await openAsking(place, "test");
});
afterAll(async () => {
  await asking.close();
  place.remove();
});

const ask = (question: string) => asking.ask(question);

const toolsOf = (outcome: Outcome) => outcome.state.steps.flatMap((s) => s.returned.map((r) => r.call.tool));

describe("a patient's question", () => {
  it("counts in what a passage says of a candidate, with its quote, and says what that changed", async () => {
    const outcome = await ask(
      "A girl of 8 with a lens dislocation, arachnodactyly and intellectual disability: what could it be?",
    );
    expect(outcome.answer).toMatch(
      /Counted in from passages: Arachnodactyly in 30 of 50 patients with Homocystinuria \[\d+\]; that takes Homocystinuria from [\d.]+ % \(\d\.\) to [\d.]+ % \(\d\.\)\./u,
    );
    const cited = outcome.citations.find((c) => c.document === "NOTE:series")!;
    expect(cited.quote).toBe("Of 50 patients with homocystinuria, 30 had arachnodactyly.");
    // Neither the withdrawn series, nor the annotations' own documents a second time.
    expect(toolsOf(outcome).filter((tool) => tool === "add_evidence")).toHaveLength(1);
    expect(outcome.citations.map((c) => c.document)).not.toContain("NOTE:withdrawn");
    const [before, after] = /from ([\d.]+) % \(\d\.\) to ([\d.]+) %/u.exec(outcome.answer)!.slice(1).map(Number);
    expect(after).toBeGreaterThan(before!);
    for (const { document, quote } of outcome.citations) {
      const store = new DocumentStore(join(folder, "documents.db"), { readOnly: true });
      expect(documentText(store.get(document)!)).toContain(quote);
      store.close();
    }
  });

  it("changes nothing where no passage says how often", async () => {
    const outcome = await ask("A boy of 5 with seizures and intellectual disability: what could it be?");
    expect(outcome.termination).toBe("answered");
    expect(outcome.answer).not.toContain("Counted in");
    expect(toolsOf(outcome)).not.toContain("add_evidence");
    expect(outcome.answer).toContain("no substitute for a clinician's judgement");
  });

  it("comes out the same when it is replayed", async () => {
    await ask("A girl of 8 with a lens dislocation and arachnodactyly: what could it be?");
    for (const { id } of listSessions(place.home)) {
      expect(await replaySession({ home: place.home, session: id, policy: loadPolicy })).toMatchObject({ same: true });
    }
  });
});
