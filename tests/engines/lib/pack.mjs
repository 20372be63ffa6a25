// What a phone has to read, as the journeys need it. The format stands in src/library/pack.rs: tables under the names of
// what they hold, a column a line.
import { readFileSync } from "node:fs";

const [CELL, ITEM, EMPHASIS] = ["\x1f", "\x1e", "\x1c"];
/** The columns of a chapter and of an answer: its body is the last. */
const BODY = 6;

/** The chapters, answers and ideas of a pack, by their ids and titles; the first two with their first words. */
export function readPack(path) {
  const lines = readFileSync(path, "utf8").split("\n");
  const table = (name) => {
    const begin = lines.indexOf(name) + 1;
    const column = (at) => lines[begin + at].split(CELL);
    const [titles, bodies] = [column(1), column(BODY)];
    return column(0).map((id, row) => ({ id, title: titles[row], opening: opening(bodies[row]) }));
  };
  return { chapters: table("chapters"), answers: table("answers"), ideas: table("ideas") };
}

function opening(body) {
  const paragraph = body.split(ITEM).find((block) => block.startsWith("p"));
  return paragraph?.slice(1).split(EMPHASIS).find((words) => words);
}
