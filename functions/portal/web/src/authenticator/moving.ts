// Moves an account to a new phone: a code, the new phone's test, and this phone's word for the new one's key.
import { signal } from "@preact/signals";
import type { Problem, Reply } from "./device/problem";
import type { HandOver } from "./device/shapes";
import { recallLock, turnLockOn, unlock } from "./lock/lock";
import { signerOf } from "./push/renew";
import { refreshAccounts, service } from "./state";
import { type Account, markRemoved } from "./store/accounts";

export type Move =
  | { step: "beginning" }
  | { step: "failed"; problem: Problem }
  | {
      step: "under-way";
      handOver: HandOver;
      said: "" | "locked" | "unsupported";
      problem?: Problem | undefined;
    }
  | { step: "done" };

/** One move, from the code to the last word. */
export class Moving {
  readonly now = signal<Move>({ step: "beginning" });
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;

  constructor(private readonly account: Account) {}

  async begin(): Promise<void> {
    this.now.value = { step: "beginning" };
    this.#take(await this.#ask((client, signer) => client.beginHandOver(signer)));
  }

  /** Leaves the screen: nothing is asked any more. A move that was not finished ends by itself. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async cancel(): Promise<void> {
    const now = this.now.value;
    this.stop();
    if (now.step === "under-way") {
      await this.#ask((client, signer) => client.cancelHandOver(signer, now.handOver.id));
    }
  }

  /** Asks for the screen lock, then signs the new phone's key. */
  async confirm(lockName: string): Promise<void> {
    const now = this.now.value;
    if (now.step !== "under-way" || !now.handOver.to) return;
    const to = now.handOver.to;
    if (!(await recallLock())) {
      const outcome = await turnLockOn(lockName);
      if (outcome !== "done") {
        this.now.value = { ...now, said: outcome === "unsupported" ? "unsupported" : "locked" };
        return;
      }
    }
    if (!(await unlock())) {
      this.now.value = { ...now, said: "locked" };
      return;
    }
    const reply = await this.#ask((client, signer) => client.confirmHandOver(signer, now.handOver.id, to));
    if (!reply.ok) {
      this.now.value = { ...now, said: "", problem: reply.problem };
      return;
    }
    this.stop();
    await markRemoved(this.account.authenticatorId);
    this.now.value = { step: "done" };
    await refreshAccounts();
  }

  async #ask<T>(
    run: (
      client: Awaited<ReturnType<typeof service>>,
      signer: NonNullable<Awaited<ReturnType<typeof signerOf>>>,
    ) => Promise<Reply<T>>,
  ): Promise<Reply<T>> {
    const signer = await signerOf(this.account);
    if (!signer) {
      const problem = { code: "device.removed", status: 410, detail: "", fix: "", retryAfterMs: undefined };
      return { ok: false, problem };
    }
    return run(await service(), signer);
  }

  #take(reply: Reply<HandOver>): void {
    if (this.#stopped) return;
    const now = this.now.value;
    if (reply.ok) {
      const before = now.step === "under-way" ? now : undefined;
      this.now.value = { step: "under-way", handOver: reply.value, said: before?.said ?? "" };
      if (reply.value.state !== "ended") this.#later(reply.value);
    } else if (reply.problem.status === 0 && now.step === "under-way") {
      this.#later(now.handOver); // no network for a moment
    } else {
      this.now.value = { step: "failed", problem: reply.problem };
    }
  }

  #later({ id, pollAfterMs }: HandOver): void {
    this.#timer = setTimeout(() => {
      void this.#ask((client, signer) => client.handOver(signer, id)).then((reply) => this.#take(reply));
    }, pollAfterMs);
  }
}
