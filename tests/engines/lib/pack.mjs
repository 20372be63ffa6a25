// What a phone has to read, as the journeys need it. The format stands in src/library/pack.rs: tables under the names of
// what they hold, a column a line.
import { readFileSync } from "node:fs";

const [CELL, ITEM, EMPHASIS] = ["\x1f", "\x1e", "\x1c"];
/** Which columns of their tables have the id, the title and the body; ideas have no body. */
const OF_TEXTS = { id: 1, title: 5, body: 4 };
const OF_IDEAS = { id: 9, title: 11 };

/** The chapters, answers and ideas of a pack, by their ids and titles; the first two with their first words. */
export function readPack(path) {
  const lines = readFileSync(path, "utf8").split("\n");
  const table = (name, columns) => {
    const begin = lines.indexOf(name) + 1;
    const [titles, bodies] = [columns.title, columns.body].map((at) => lines[begin + at]?.split(CELL));
    const ids = lines[begin + columns.id].split(CELL);
    return ids.map((id, row) => ({ id, title: titles[row], opening: bodies && opening(bodies[row]) }));
  };
  return { chapters: table("chapters", OF_TEXTS), answers: table("answers", OF_TEXTS), ideas: table("ideas", OF_IDEAS) };
}

function opening(body) {
  const paragraph = body.split(ITEM).find((block) => block.startsWith("p"));
  return paragraph?.slice(1).split(EMPHASIS).find((words) => words);
}
