// Draws the app's icon, two strands that cross, in every form a phone asks for, into public/icons/.
// One drawing, one place: change a number here, run `node tools/icons.mjs`, make the pictures small
// (`pngquant --quality 80-100 --speed 1 --strip --force --ext .png public/icons/*.png`, then `optipng -o7`: half of
// 57 KB that every phone keeps), look at them, commit them.
import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

// `require` rather than `import`, because only it looks in NODE_PATH too: the tool cache may live elsewhere.
const { chromium } = createRequire(new URL("../tests/e2e/package.json", import.meta.url))("playwright-core");
const folder = new URL("../public/icons/", import.meta.url);

const PAPER = "#f6efe3";
const HER = "#b0472f";
const HIS = "#2f6473";

// The field is 512 wide. Each strand is one S between two corners of a box around the middle; hers lies on top.
const LEFT = 136, RIGHT = 512 - LEFT, TOP = 104, BOTTOM = 512 - TOP, BEND = 188;
const HERS = `M${LEFT} ${BOTTOM}C${LEFT} ${BOTTOM - BEND} ${RIGHT} ${TOP + BEND} ${RIGHT} ${TOP}`;
const HIS_WAY = `M${LEFT} ${TOP}C${LEFT} ${TOP + BEND} ${RIGHT} ${BOTTOM - BEND} ${RIGHT} ${BOTTOM}`;

// Where she crosses over, his strand is cut away, not painted over, so that a mask of one colour shows it too.
function strands({ width, gap = 20, scale = 1, hers = HER, his = HIS }) {
  return `<mask id="under" maskUnits="userSpaceOnUse" x="0" y="0" width="512" height="512">
    <rect width="512" height="512" fill="#fff"/>
    <path d="${HERS}" fill="none" stroke="#000" stroke-width="${width + 2 * gap}"/>
  </mask>
  <g transform="translate(256 256) scale(${scale}) translate(-256 -256)" fill="none" stroke-width="${width}" stroke-linecap="round">
    <g mask="url(#under)"><path d="${HIS_WAY}" stroke="${his}"/></g>
    <path d="${HERS}" stroke="${hers}"/>
  </g>`;
}

function picture(body) {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512">\n  ${body}\n</svg>\n`;
}

const page = `<rect width="512" height="512" fill="${PAPER}"/>`;
const card = `<rect width="512" height="512" rx="104" fill="${PAPER}"/>`;

const any = picture(card + strands({ width: 72, scale: 1.06 }));
const small = picture(card + strands({ width: 92, gap: 24, scale: 1.14 }));

// A launcher may cut a maskable icon down to a circle of 80 % of its width: 410 of 512. The drawing's farthest
// point is the round end of a strand, sqrt(120² + 152²) + 36 = 230 from the middle, so 0.84 brings it to 193.
const maskable = picture(page + strands({ width: 72, scale: 0.84 }));
// iOS rounds the corners itself and paints whatever is transparent black, so this one is opaque to the edge.
const apple = picture(page + strands({ width: 72, scale: 1 }));
// Only its shape counts; the phone gives it a colour.
const monochrome = picture(strands({ width: 72, scale: 0.84, hers: "#000", his: "#000" }));

await writeFile(new URL("icon.svg", folder), any);

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  chromiumSandbox: false,
  args: ["--disable-gpu", "--force-color-profile=srgb"],
});
const sheet = await browser.newPage();
for (const [name, size, svg] of [
  ["icon-192.png", 192, any],
  ["icon-512.png", 512, any],
  ["maskable-512.png", 512, maskable],
  ["monochrome-512.png", 512, monochrome],
  ["apple-touch-180.png", 180, apple],
  ["favicon-32.png", 32, small],
]) {
  await sheet.setViewportSize({ width: size, height: size });
  await sheet.setContent(`<style>*{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`);
  await sheet.screenshot({ path: fileURLToPath(new URL(name, folder)), omitBackground: true });
  console.log(name);
}
await browser.close();
