// Sends the member's decision, once signed, until the service has said how it ended.
import { expectConfirmation } from "../account-actions";
import type { Decision } from "../device/messages";
import { isPassing, type Problem } from "../device/problem";
import { clearNotifications } from "../push/registration";
import { signerOf } from "../push/renew";
import { type OpenPrompt, type Outcome, openPrompt, outcome, refreshAccounts, service } from "../state";
import { changeAccount, markRemoved } from "../store/accounts";
import { close } from "./look";

let answering = false;

/** True while an answer is on its way. */
export function isAnswering(): boolean {
  return answering;
}

/** Answers that were signed and not yet delivered: sent again as they are, they cannot count twice. */
const undelivered = new Map<string, { decision: string; jws: string }>();

const KINDS: Record<string, Outcome["kind"]> = {
  "challenge.number_mismatch": "number_mismatch",
  "challenge.expired": "expired",
  "challenge.answered": "answered",
};

/**
 * Answers a request. The outcome goes to the screen; a problem that passes (no network) comes back, and the request
 * stays open for another try.
 */
export async function answer(
  open: OpenPrompt,
  decision: Decision,
  unlocked = false,
): Promise<Problem | undefined> {
  answering = true;
  try {
    return await send(open, decision, unlocked);
  } finally {
    answering = false;
  }
}

async function send(
  { account, prompt }: OpenPrompt,
  decision: Decision,
  unlocked: boolean,
): Promise<Problem | undefined> {
  const signer = await signerOf(account);
  if (!signer) {
    openPrompt.value = undefined;
    await refreshAccounts();
    return undefined;
  }
  const client = await service();
  const wanted = JSON.stringify(decision);
  const kept = undelivered.get(prompt.id);
  const jws =
    kept?.decision === wanted ? kept.jws : await client.signAnswer(signer, prompt, decision, unlocked);
  undelivered.set(prompt.id, { decision: wanted, jws });
  const reply = await client.sendAnswer(signer, prompt, jws);
  if (!reply.ok && isUndelivered(reply.problem)) return reply.problem;
  undelivered.delete(prompt.id);
  close(prompt.id);
  openPrompt.value = undefined;
  void clearNotifications();
  if (reply.ok) {
    await changeAccount(account.authenticatorId, {
      lastAnswer: { at: new Date(client.clock.now()).toISOString(), outcome: reply.value },
    });
    if (prompt.purpose === "test") expectConfirmation();
    outcome.value = { kind: reply.value === "approved" ? "approved" : reasonOf(decision), account, prompt };
  } else if (reply.problem.code === "device.removed") {
    await markRemoved(account.authenticatorId);
    outcome.value = { kind: "removed", account, prompt };
  } else {
    outcome.value = { kind: KINDS[reply.problem.code] ?? "refused", account, prompt, problem: reply.problem };
  }
  await refreshAccounts();
  return undefined;
}

/** A refused proof says nothing of the answer, which may be sent again as it is. */
function isUndelivered(problem: Problem): boolean {
  return isPassing(problem) || problem.code === "device.proof_invalid";
}

function reasonOf(decision: Decision): Outcome["kind"] {
  return decision.decision === "deny" ? decision.reason : "refused";
}

/** The time of the request on the screen ran out before an answer. */
export function expire({ account, prompt }: OpenPrompt): void {
  if (answering || openPrompt.value?.prompt.id !== prompt.id) return;
  close(prompt.id);
  openPrompt.value = undefined;
  outcome.value = { kind: "expired", account, prompt };
  void clearNotifications();
}
