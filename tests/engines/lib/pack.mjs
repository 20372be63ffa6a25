// What a phone has to read, as the journeys need it. The format stands in src/library/pack.rs: tables under the names of
// what they hold, a column a line.
import { readFileSync } from "node:fs";

const [CELL, ITEM, EMPHASIS] = ["\x1f", "\x1e", "\x1c"];
/** Which columns of their tables have the id, the title, and what is read first: the body, or the steps. */
const OF_TEXTS = { id: 1, title: 5, first: 4 };
const OF_IDEAS = { id: 10, title: 12, first: 14 };

/** The chapters, answers and ideas of a pack, by their ids and titles, each with its first words. */
export function readPack(path) {
  const lines = readFileSync(path, "utf8").split("\n");
  const table = (name, columns, opening) => {
    const begin = lines.indexOf(name) + 1;
    const column = (at) => lines[begin + at].split(CELL);
    const [titles, firsts] = [column(columns.title), column(columns.first)];
    return column(columns.id).map((id, row) => ({ id, title: titles[row], opening: opening(firsts[row].split(ITEM)) }));
  };
  return {
    chapters: table("chapters", OF_TEXTS, ofBody),
    answers: table("answers", OF_TEXTS, ofBody),
    ideas: table("ideas", OF_IDEAS, ([step]) => step),
  };
}

function ofBody(blocks) {
  const paragraph = blocks.find((block) => block.startsWith("p"));
  return paragraph.slice(1).split(EMPHASIS).find((words) => words);
}
