// The mother's phone and the son's, paired.
import { newPhone } from "./browser.mjs";
import { introduce, open, pair, write } from "./phone.mjs";
import { newServer } from "./server.mjs";

const HER = introduce("mother", "Ana", "Tom");
const HIM = introduce("son", "Tom", "Mum");

/** Two phones on which each has written one entry, with these words, and which have been paired. Nothing is swapped yet. */
export async function pairedPhones(t, words = { hers: "hers", his: "his" }) {
  const server = await newServer(t);
  const [hers, his] = [await newPhone(t), await newPhone(t)];
  await open(hers, server);
  await open(his, server);
  await write(hers, words.hers, { who: HER });
  await write(his, words.his, { who: HIM });
  await pair(hers, his);
  return { hers, his, server };
}
