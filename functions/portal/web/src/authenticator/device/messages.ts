// Builds the claims of the three messages of the device protocol. Time and chance come in as an argument.
import { sha256, utf8 } from "./bytes";
import type { Channel, NewPhone, Prompt, Shown } from "./shapes";

/** When a message is made (seconds since the epoch) and the id that makes it one of a kind. */
export interface Moment {
  iat: number;
  jti: string;
}

export interface PairingRequest {
  code: string;
  installation: string;
  channel: Channel;
  model: string;
  language: string;
  /** The screen lock is asked for before each answer. */
  unlocks?: boolean;
}

/**
 * What this phone can do. `unlock` is among it only where the screen lock is asked for before each answer: otherwise a web
 * page cannot say whether the phone was unlocked, and does not claim a second factor that nobody checked.
 */
export function capabilities(unlocks: boolean): string[] {
  return unlocks ? ["number_matching", "unlock"] : ["number_matching"];
}

export function pairingClaims(request: PairingRequest, htu: string, moment: Moment) {
  const { code, installation, channel, model, language, unlocks } = request;
  return {
    ...{ code, htu, ...moment, installation, channel, model, language },
    capabilities: capabilities(unlocks ?? false),
  };
}

export async function proofClaims(
  request: { account: string; method: string; url: string; body?: string | undefined },
  moment: Moment,
) {
  const { account, method, url, body } = request;
  const claims = { acc: account, htm: method, htu: url, ...moment };
  return body === undefined ? claims : { ...claims, bsh: await sha256(utf8(body)) };
}

/** What the member decided. */
export type Decision =
  | { decision: "approve"; number: string }
  | { decision: "deny"; reason: "not_me" | "changed_mind" };

/** `unlocked`: the phone has just verified its user for this answer. */
export async function answerClaims(
  account: string,
  prompt: Prompt,
  decision: Decision,
  moment: Moment,
  unlocked = false,
) {
  return {
    acc: account,
    prompt: prompt.id,
    challenge: prompt.challenge,
    ...decision,
    shown: await shownHash(prompt.shown),
    unlocked,
    ...moment,
  };
}

/** Binds an answer to what the member was shown, so that a request cannot be relabelled on its way. */
export function shownHash({ app, place, browser, address, at }: Shown): Promise<string> {
  return sha256(utf8(["countersign-shown-v1", app, place, browser, address, at].join("\n")));
}

/** "The phone with this key has what I have": said by the old phone, which has just verified its user. */
export function handOverClaims(account: string, handOver: string, to: NewPhone, moment: Moment) {
  return {
    acc: account,
    hand_over: handOver,
    to: to.authenticatorId,
    jkt: to.jkt,
    unlocked: true,
    ...moment,
  };
}
