import { expect, test } from "vitest";
import { KeptLists, type RankedList } from "./kept-lists.ts";

function list(id: string, characters = 10): RankedList {
  const document = { id, title: id, sections: [{ label: "", text: "x".repeat(characters) }] };
  return {
    asked: "",
    ranked: [],
    documents: new Map([[id, document]]),
    outcomes: [],
    notes: [],
    relevanceMethod: "bm25",
  };
}

test("the last lists are kept, and the newest always", () => {
  const lists = new KeptLists();
  for (let n = 0; n < 60; n++) lists.keep(`list ${n}`, list(String(n)));
  expect(lists.get("list 0")).toBeUndefined();
  expect(lists.get("list 20")).toBeDefined();
  lists.keep("list 20", list("again"));
  for (let n = 60; n < 100; n++) lists.keep(`list ${n}`, list(String(n)));
  expect(lists.get("list 20")?.documents.has("again")).toBe(true);
});

test("long texts take the room of many lists", () => {
  const lists = new KeptLists();
  lists.keep("one", list("1", 40_000_000));
  lists.keep("two", list("2", 40_000_000));
  expect(lists.get("one")).toBeUndefined();
  expect(lists.get("two")).toBeDefined();
});
