// A picture as a camera writes it, and the way into an entry.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { scratch } from "./scratch.mjs";

/** A JPEG of noise as a camera would write it: with EXIF, and as many bytes as wanted, or a little more. */
export async function cameraPicture(page, { width, height, bytes = 0 }) {
  const data = await page.evaluate(
    async ({ width, height }) => {
      const canvas = new OffscreenCanvas(width, height);
      const context = canvas.getContext("2d");
      const image = context.createImageData(width, height);
      let seed = 7;
      for (let n = 0; n < image.data.length; n += 1) {
        seed = (Math.imul(seed, 1664525) + 1013904223) | 0;
        image.data[n] = n % 4 === 3 ? 255 : seed >>> 24;
      }
      context.putImageData(image, 0, 0);
      const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.95 });
      // As text: a list of five million numbers takes half a minute to get out of the page.
      const reader = new FileReader();
      const read = new Promise((done) => reader.addEventListener("load", done));
      reader.readAsDataURL(blob);
      await read;
      return reader.result.slice(reader.result.indexOf(",") + 1);
    },
    { width, height },
  );
  const note = Buffer.from("Exif\0\0GPSLatitude=48.2082 Zebrafinch camera", "latin1");
  const exif = Buffer.concat([Buffer.from([0xff, 0xe1, 0, note.length + 2]), note]);
  const plain = Buffer.from(data, "base64");
  const picture = Buffer.concat([plain.subarray(0, 2), exif, plain.subarray(2)]);
  assert.ok(picture.length >= bytes, `${picture.length} bytes are fewer than ${bytes}`);
  const path = join(scratch("picture"), "camera.jpg");
  writeFileSync(path, picture);
  return path;
}

/** Picks a picture for the entry that is being written. */
export async function addPhoto(phone, path) {
  const chosen = phone.page.waitForEvent("filechooser");
  await phone.page.getByText("Add a photo").click();
  await (await chosen).setFiles(path);
}
