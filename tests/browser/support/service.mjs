// Starts the whole of Countersign as a developer does, in a folder of its own, and reads what it prints.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const PROGRAM = resolve(process.env.COUNTERSIGN_LOCAL ?? "../../target/debug/countersign-local");
const STARTS_WITHIN_MS = 20_000;

/** The library that shifts the time which a program is told (Debian: faketime); nothing where it is not installed. */
function clockLibrary() {
  const libraries = "/usr/lib";
  const folders = existsSync(libraries) ? readdirSync(libraries) : [];
  return folders
    .map((folder) => join(libraries, folder, "faketime", "libfaketime.so.1"))
    .find((path) => existsSync(path));
}

/** Why time cannot be moved on here; false where it can. */
export const timeStands = clockLibrary()
  ? false
  : "needs the Debian package faketime to move the service's clock";

export class Service {
  /** Everything that it has printed since it was started last. */
  said = "";
  #folder;
  #port = 0;
  #process;
  #ended;
  #late = 0;

  /** Starts on an empty folder and a free port. With `clock`, time can pass where the machine can make it. */
  static async start({ clock = false } = {}) {
    const service = new Service();
    service.#folder = await mkdtemp(join(tmpdir(), "countersign-"));
    service.clock = clock && !timeStands;
    await mkdir(join(service.#folder, "data"));
    await service.begin();
    return service;
  }

  /** Starts it, again on what it had before. */
  async begin() {
    assert.ok(existsSync(PROGRAM), `${PROGRAM} is not built: make binaries`);
    this.said = "";
    if (this.clock) await this.#setClock();
    const argv = ["--port", String(this.#port), "--folder", join(this.#folder, "data")];
    this.#process = spawn(PROGRAM, argv, { env: this.#environment(), stdio: ["ignore", "pipe", "pipe"] });
    this.#process.stdout.setEncoding("utf8").on("data", (text) => {
      this.said += text;
    });
    this.log = "";
    this.#process.stderr.setEncoding("utf8").on("data", (text) => {
      this.log += text;
    });
    this.#ended = new Promise((resolved) => {
      this.#process.once("exit", (code, signal) => resolved(code ?? signal));
    });
    const address = await this.says(/is at (http:\/\/localhost:(\d+))/);
    this.origin = address[1];
    this.#port = Number(address[2]);
    await this.says(/first administrator|sign in {2}/);
  }

  #environment() {
    if (!this.clock) return process.env;
    return {
      ...process.env,
      LD_PRELOAD: clockLibrary(),
      DONT_FAKE_MONOTONIC: "1",
      FAKETIME_NO_CACHE: "1",
      FAKETIME_TIMESTAMP_FILE: join(this.#folder, "clock"),
    };
  }

  /** Waits until it has printed that. */
  async says(pattern) {
    const until = Date.now() + STARTS_WITHIN_MS;
    for (;;) {
      const found = pattern.exec(this.said);
      if (found) return found;
      const over = await Promise.race([this.#ended, pause(25)]);
      assert.equal(over, undefined, `it ended (${over}) before it said ${pattern}: ${this.said}${this.log}`);
      assert.ok(Date.now() < until, `it has not said ${pattern}: ${this.said}`);
    }
  }

  /** The link for the first administrator, as printed. */
  get firstAdministratorLink() {
    return /first administrator\s+(\S+)/.exec(this.said)?.[1];
  }

  /** Presses Ctrl-C; answers with how it ended. */
  async interrupt() {
    this.#process.kill("SIGINT");
    return this.#ended;
  }

  /** Moves its clock on. Browsers keep the real time, as a phone with a wrong clock would. */
  async pass({ minutes = 0, seconds = 0 }) {
    assert.ok(this.clock, "this service was started without `clock`");
    this.#late += minutes * 60 + seconds;
    await this.#setClock();
  }

  /** The time that the service goes by. */
  now() {
    return Date.now() + this.#late * 1000;
  }

  async #setClock() {
    const next = join(this.#folder, "clock.next");
    await writeFile(next, `+${this.#late}\n`);
    await rename(next, join(this.#folder, "clock"));
  }

  /** Ends it and takes its folder away. */
  async remove() {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      this.#process.kill("SIGKILL");
      await this.#ended;
    }
    await rm(this.#folder, { recursive: true, force: true });
  }
}

export function pause(ms) {
  return new Promise((resolved) => {
    setTimeout(resolved, ms);
  });
}
