// A phone on the command line: the simulator that developers use, run as they run it.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const PROGRAM = resolve(process.env.COUNTERSIGN_SIMULATOR ?? "../../target/debug/simulator");
const run = promisify(execFile);

export class Simulator {
  #folder;

  static async start() {
    assert.ok(existsSync(PROGRAM), `${PROGRAM} is not built: make binaries`);
    const simulator = new Simulator();
    simulator.#folder = await mkdtemp(join(tmpdir(), "countersign-simulator-"));
    return simulator;
  }

  /** Runs one of its commands; answers with what it prints. */
  async do(...words) {
    const { stdout } = await run(PROGRAM, ["--state", join(this.#folder, "phone.json"), ...words]);
    return stdout;
  }

  async remove() {
    await rm(this.#folder, { recursive: true, force: true });
  }
}
