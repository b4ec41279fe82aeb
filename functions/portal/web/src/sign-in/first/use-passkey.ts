// Signing in, confirming and proving a second factor by a passkey: ask the server what to ask, ask the browser, hand the answer in.
import { request } from "../../kit/api";
import type { PasskeyChallenge, SignIn } from "../../kit/api-types";
import { autofillPresent, forget, get } from "../../kit/passkeys";
import type { Problem } from "../../kit/problem";
import { returnTo, take } from "../flow";

export type Occasion = "sign-ins/passkey" | "sign-ins/current/passkey" | "reauthentications/passkey";

const ask = (occasion: Occasion) => request<PasskeyChallenge>("POST", `/api/v1/${occasion}/options`);

type Asking = Parameters<typeof get>[1];

async function answer({ options }: PasskeyChallenge, asking?: Asking): Promise<Problem | undefined> {
  const used = await get(options, asking);
  if (!used.ok) return used.problem;
  const done = await request<SignIn>("POST", "/api/v1/sign-ins/passkey", {
    credential: used.value,
    return_to: returnTo,
  });
  if (!done.ok && done.problem.code === "passkey.unknown") forget(options.rpId, used.value.id);
  return take(done);
}

/** At the autofill of this page, if there is one: it has to end before anything else may be asked. */
let offered: AbortController | undefined;

/** Uses a passkey now. */
export async function usePasskey(occasion: Occasion): Promise<Problem | undefined> {
  offered?.abort();
  const challenge = await ask(occasion);
  return challenge.ok ? answer(challenge.value) : take(challenge);
}

/** A challenge is good for ten minutes; the page may stand open for longer. */
const RENEW_MS = 8 * 60_000;

/** Offers passkeys among the user names that the browser fills in, as long as the page stands. */
export async function offerInAutofill(
  ended: AbortSignal,
  refused: (problem: Problem) => void,
): Promise<void> {
  if (!(await autofillPresent())) return;
  while (!ended.aborted) {
    const challenge = await ask("sign-ins/passkey");
    if (!challenge.ok || ended.aborted) return;
    const mine = new AbortController();
    offered = mine;
    const renew = setTimeout(() => mine.abort("renew"), RENEW_MS);
    const problem = await answer(challenge.value, {
      autofill: true,
      signal: AbortSignal.any([ended, mine.signal]),
    });
    clearTimeout(renew);
    if (mine.signal.reason === "renew") continue;
    // Closing what the browser offers is no problem to speak of; and what was taken elsewhere is gone from here.
    if (!problem || mine.signal.aborted || problem.code === "passkey.cancelled") return;
    refused(problem);
  }
}
