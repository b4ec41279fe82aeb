// Asks the service, for each account, whether a request waits, and puts what it finds on the screen.
import { learnTime } from "../../kit/clock";
import type { Problem } from "../device/problem";
import type { Prompt } from "../device/shapes";
import { clearNotifications } from "../push/registration";
import { isLive, signerOf } from "../push/renew";
import { accounts, openPrompt, outcome, refreshAccounts, service, tellRemoved, trouble } from "../state";
import { type Account, markRemoved } from "../store/accounts";

/** What one look found. */
export interface Look {
  waiting: { account: Account; prompt: Prompt }[];
  /** Accounts that answered, so that a request missing from `waiting` is known to be over. */
  asked: Set<string>;
  /** Accounts that the service has ended. */
  removed: Account[];
  pollAfterMs: number;
  problem: Problem | undefined;
}

/** Requests that are over on this phone: a late answer of the service must not bring them back. */
const over = new Set<string>();

/** Remembers that a request is over. */
export function close(promptId: string): void {
  over.add(promptId);
}

async function lookAll(): Promise<Look> {
  const client = await service();
  const look: Look = { waiting: [], asked: new Set(), removed: [], pollAfterMs: 60_000, problem: undefined };
  let changed = false;
  const ask = async (account: Account) => {
    const signer = await signerOf(account);
    if (!signer) {
      changed = true;
      return;
    }
    const reply = await client.prompts(signer);
    if (reply.ok) {
      look.asked.add(account.authenticatorId);
      look.pollAfterMs = Math.min(look.pollAfterMs, reply.value.pollAfterMs);
      look.waiting.push(...reply.value.prompts.map((prompt) => ({ account, prompt })));
    } else if (reply.problem.code === "device.removed") {
      await markRemoved(account.authenticatorId);
      look.removed.push(account);
      changed = true;
    } else {
      look.problem = reply.problem;
    }
  };
  await Promise.all(accounts.value.filter(isLive).map(ask));
  if (changed) await refreshAccounts();
  return look;
}

/** Looks once and shows what there is. Nothing on the screen changes while the member's answer is on its way. */
export async function lookOnce(answering: () => boolean): Promise<Look> {
  const look = await lookAll();
  trouble.value = look.asked.size > 0 ? undefined : look.problem;
  const client = await service();
  learnTime(new Date(client.clock.now()).toISOString());
  if (answering()) return look;
  for (const account of look.removed) tellRemoved(account);
  const live = look.waiting.filter(
    ({ prompt }) => !over.has(prompt.id) && Date.parse(prompt.expiresAt) > client.clock.now(),
  );
  const shown = openPrompt.value;
  if (shown && live.some(({ prompt }) => prompt.id === shown.prompt.id)) return { ...look, waiting: live };
  const [next] = live;
  if (next) {
    const replaced = shown !== undefined && shown.account.authenticatorId === next.account.authenticatorId;
    if (shown) close(shown.prompt.id);
    outcome.value = undefined;
    openPrompt.value = { ...next, replaced };
  } else if (shown && look.asked.has(shown.account.authenticatorId)) {
    end(shown.account, shown.prompt, client.clock.now());
  }
  if (look.asked.size > 0 && !look.problem) void clearNotifications(next?.prompt.id);
  return { ...look, waiting: live };
}

/** The request on the screen is not open any more: its time ran out, or it was called off elsewhere. */
function end(account: Account, prompt: Prompt, now: number): void {
  close(prompt.id);
  openPrompt.value = undefined;
  outcome.value = { kind: Date.parse(prompt.expiresAt) <= now ? "expired" : "ended", account, prompt };
}
