// A code generator app of somebody else's: reads the QR code as any of them does and shows codes (RFC 6238).
import assert from "node:assert/strict";
import { URI } from "otpauth";
import { qrOn } from "./camera.mjs";
import { pause } from "./service.mjs";

export class CodeApp {
  #totp;
  #service;
  #last = -1;

  /** Scans the QR code on the page. */
  static async scans(page, service) {
    const app = new CodeApp();
    app.#service = service;
    app.#totp = URI.parse(await qrOn(page));
    return app;
  }

  /** What has a seed already: a token that was handed out. */
  static keeps(uri, service) {
    const app = new CodeApp();
    app.#service = service;
    app.#totp = URI.parse(uri);
    return app;
  }

  /** How the app lists the account. */
  get account() {
    return `${this.#totp.issuer}: ${this.#totp.label}`;
  }

  /** The secret, as it could be typed instead. */
  get secret() {
    return this.#totp.secret.base32;
  }

  #step() {
    return Math.floor(this.#service.now() / 1000 / this.#totp.period);
  }

  /** A code that was not shown yet: the next one is waited for, or the service's clock is moved on to it. */
  async code() {
    while (this.#step() === this.#last) {
      if (this.#service.clock) await this.#service.pass({ seconds: this.#totp.period });
      else await pause(500);
    }
    this.#last = this.#step();
    return this.#totp.generate({ timestamp: this.#service.now() });
  }

  /** The last code once more. */
  usedCode() {
    assert.notEqual(this.#last, -1);
    return this.#totp.generate({ timestamp: this.#last * this.#totp.period * 1000 });
  }
}
