// Opens browsers as people have them, at a desk and in a hand, and hears everything that their pages complain about.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { filmOf } from "./camera.mjs";
import { DESKTOP, PHONE } from "./look.mjs";

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const PATIENCE_MS = 20_000;
const EVERYWHERE = { locale: "en-GB", reducedMotion: "reduce" };
const HELD = {
  viewport: PHONE,
  isMobile: true,
  hasTouch: true,
  userAgent:
    "Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Mobile Safari/537.36",
};

/** The browser notes every answer that is a refusal; refusals are part of the story, faults are not. */
const REFUSAL = /^Failed to load resource: the server responded with a status of 4\d\d/;
const CUT_OFF =
  /^Failed to load resource: net::ERR_(CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE|INTERNET_DISCONNECTED)/;

export class Browsers {
  #browser;
  #folders = [];
  #contexts = [];
  #complaints = [];
  /** While the service is stopped on purpose, pages may say that they do not reach it. */
  mayBeCutOff = false;

  /** A browser at a desk, with cookies of its own. */
  async desktop(options) {
    return this.#open({ viewport: DESKTOP, ...options });
  }

  /** A phone's browser, 390 by 844, touched rather than clicked. */
  async phone(options) {
    return this.#open({ ...HELD, ...options });
  }

  async #open(options) {
    this.#browser ??= await chromium.launch({
      executablePath: CHROMIUM,
      // There is a camera; whether a page may use it is up to the permissions.
      args: [...QUIET, "--use-fake-device-for-media-stream"],
    });
    const context = await this.#browser.newContext({ ...EVERYWHERE, ...options });
    await this.#watch(context);
    return context.newPage();
  }

  /** A phone, with a profile of its own, whose camera is held over a page as it stands now. */
  async phoneThatSees(screen, options) {
    const folder = await mkdtemp(join(tmpdir(), "countersign-phone-"));
    this.#folders.push(folder);
    const film = join(folder, "screen.mjpeg");
    await writeFile(film, await filmOf(screen));
    const camera = [
      "--use-fake-ui-for-media-stream",
      "--use-fake-device-for-media-stream",
      `--use-file-for-fake-video-capture=${film}`,
    ];
    const context = await chromium.launchPersistentContext(join(folder, "profile"), {
      executablePath: CHROMIUM,
      args: [...QUIET, ...camera],
      ...EVERYWHERE,
      ...HELD,
      ...options,
    });
    await this.#watch(context);
    return context.pages()[0] ?? context.newPage();
  }

  async #watch(context) {
    this.#contexts.push(context);
    context.setDefaultTimeout(PATIENCE_MS);
    await context.addInitScript(() => {
      addEventListener(
        "securitypolicyviolation",
        ({ effectiveDirective, blockedURI, sourceFile, lineNumber }) => {
          console.error(
            `policy violated: ${effectiveDirective} by ${blockedURI} at ${sourceFile}:${lineNumber}`,
          );
        },
      );
    });
    const complain = (what, page) => this.#complaints.push(`${page?.url() ?? "?"}: ${what}`);
    context.on("weberror", (error) => complain(error.error().stack ?? error.error(), error.page()));
    context.on("console", (message) => {
      if (!["error", "warning", "assert"].includes(message.type())) return;
      if (REFUSAL.test(message.text()) || (this.mayBeCutOff && CUT_OFF.test(message.text()))) return;
      complain(`${message.type()}: ${message.text()}`, message.page());
    });
    context.on("response", (response) => {
      if (response.status() >= 500)
        complain(`${response.status()} from ${response.url()}`, response.frame().page());
    });
  }

  /** No page has complained since it was asked last. */
  calm() {
    assert.deepEqual(this.#complaints.splice(0), []);
  }

  /** Every page that is open. */
  pages() {
    return this.#contexts.flatMap((context) => context.pages());
  }

  async close() {
    await Promise.all(this.#contexts.map((context) => context.close().catch(() => {})));
    await this.#browser?.close();
    for (const folder of this.#folders) await rm(folder, { recursive: true, force: true });
  }
}
