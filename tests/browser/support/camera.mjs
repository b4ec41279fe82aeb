// What a phone's camera sees of another screen: a film for the authenticator page, or the text of a QR code for any app.
import assert from "node:assert/strict";
import jsQR from "jsqr";
import { PNG } from "pngjs";

const FRAMES = 10;

/** A film of the page as it stands (MJPEG: JPEG pictures one after the other), for a browser's camera to show. */
export async function filmOf(page) {
  await page.getByRole("img", { name: /QR code/ }).waitFor();
  const picture = await page.screenshot({ type: "jpeg", quality: 90 });
  return Buffer.concat(Array.from({ length: FRAMES }, () => picture));
}

/** The text of the QR code on the page, read from a picture of it by a decoder of somebody else's. */
export async function qrOn(page) {
  await page.getByRole("img", { name: /QR code/ }).waitFor();
  const { data, width, height } = PNG.sync.read(await page.screenshot());
  const found = jsQR(new Uint8ClampedArray(data), width, height);
  assert.ok(found, "no QR code can be read on the page");
  return found.data;
}
