// The sign-in under way: what the server says it is, and the steps a person can take from there.
import { signal } from "@preact/signals";
import { leave, leaveForSignIn, request } from "../kit/api";
import type { Alternative, Me, SignIn } from "../kit/api-types";
import type { Problem, Result } from "../kit/problem";
import { safeReturnTo } from "../kit/return-to";

export type View =
  | { step: "loading" }
  | { step: "credentials"; problem?: Problem | undefined }
  | { step: "reauthenticate"; userName: string; hasPasskey: boolean; problem?: Problem | undefined }
  | { step: "pass" }
  | { step: "under-way"; signIn: SignIn };

export const view = signal<View>({ step: "loading" });

const query = new URLSearchParams(typeof location === "undefined" ? "" : location.search);
export const again = query.get("reauthenticate") === "1";
export const returnTo = safeReturnTo(query.get("return_to"));

const CURRENT = "/api/v1/sign-ins/current";

/** Picks up where this browser was, or starts. */
export async function open(): Promise<void> {
  const current = await request<SignIn>("GET", CURRENT);
  const purpose = again ? "reauthenticate" : "sign_in";
  if (current.ok && current.value.purpose === purpose && current.value.state !== "complete")
    show(current.value);
  else
    await start(
      current.ok || current.problem.status === 409 || current.problem.status === 401
        ? undefined
        : current.problem,
    );
}

/** Shows the first step: the user name and password, or the password alone for somebody who is signed in. */
export async function start(problem?: Problem): Promise<void> {
  if (!again) {
    view.value = { step: "credentials", problem };
    return;
  }
  const me = await request<Me>("GET", "/api/v1/me");
  if (me.ok) {
    const { user_name, has_passkey } = me.value.account;
    view.value = { step: "reauthenticate", userName: user_name, hasPasskey: has_passkey, problem };
  } else if (me.problem.code === "session.required") await leaveForSignIn(returnTo, false);
  else view.value = { step: "credentials", problem: me.problem };
}

export function show(signIn: SignIn): void {
  view.value = { step: "under-way", signIn };
}

/** Shows the answer, starts again when the sign-in is gone, and hands back any other problem. */
export async function take(answer: Result<SignIn>): Promise<Problem | undefined> {
  if (answer.ok) {
    show(answer.value);
    return undefined;
  }
  if (answer.problem.code === "sign_in.not_under_way") {
    await start(answer.problem);
    return undefined;
  }
  return answer.problem;
}

export async function signIn(userName: string, password: string): Promise<Problem | undefined> {
  return take(
    await request("POST", "/api/v1/sign-ins", { user_name: userName, password, return_to: returnTo }),
  );
}

export async function signInByPhone(userName: string): Promise<Problem | undefined> {
  return take(await request("POST", "/api/v1/sign-ins/phone", { user_name: userName, return_to: returnTo }));
}

export async function signInByPass(userName: string, pass: string): Promise<Problem | undefined> {
  return take(
    await request("POST", "/api/v1/sign-ins/pass", { user_name: userName, pass, return_to: returnTo }),
  );
}

export async function reauthenticate(password: string): Promise<Problem | undefined> {
  const answer = await request<SignIn>("POST", "/api/v1/reauthentications", {
    password,
    return_to: returnTo,
  });
  if (!answer.ok && answer.problem.code === "session.required") return leaveForSignIn(returnTo, false);
  return take(answer);
}

export async function poll(signal: AbortSignal): Promise<Problem | undefined> {
  const answer = await request<SignIn>("GET", CURRENT, undefined, { signal });
  return signal.aborted ? undefined : take(answer);
}

export async function sendNumber(authenticatorId?: string): Promise<Problem | undefined> {
  return take(
    await request("POST", `${CURRENT}/prompt`, authenticatorId ? { authenticator_id: authenticatorId } : {}),
  );
}

export async function sendMessage(authenticatorId: string, again = false): Promise<Problem | undefined> {
  return take(await request("POST", `${CURRENT}/message`, { authenticator_id: authenticatorId, again }));
}

export async function enterCode(code: string, authenticatorId?: string): Promise<Problem | undefined> {
  const named = authenticatorId ? { authenticator_id: authenticatorId } : {};
  return take(await request("POST", `${CURRENT}/code`, { ...named, code }));
}

/** Stands for the number that is on already: the server names only the other ways. */
const CURRENT_NUMBER = "";

/** What is drawn for a way that needs nothing of the server first. */
function drawn({ authenticator_id, kind, name, prompt, digits }: Alternative): SignIn["prompts"][number] {
  switch (prompt) {
    case "passkey":
      return { kind: "passkey", authenticator_id, name };
    case "text":
      return { kind: "text", authenticator_id, of: kind, name };
    default:
      return { kind: "code", authenticator_id, name, digits: digits ?? 6 };
  }
}

/** The way that a prompt on the page belongs to, to come back to it. */
function behind(prompt: SignIn["prompts"][number]): Alternative | undefined {
  switch (prompt.kind) {
    case "number":
      return {
        authenticator_id: CURRENT_NUMBER,
        kind: "authenticator",
        name: prompt.device,
        prompt: "number",
      };
    case "passkey":
      return { ...prompt, prompt: "passkey" };
    case "code":
      return { ...prompt, kind: "totp", prompt: "code" };
    case "text":
      return { ...prompt, kind: prompt.of, prompt: "text" };
    case "sent_code":
      return "authenticator_id" in prompt
        ? { ...prompt, kind: prompt.channel, prompt: "sent_code" }
        : undefined;
  }
}

/** Takes another way: a number is sent by the server, a code is typed here. */
export async function choose(way: Alternative, from: SignIn): Promise<Problem | undefined> {
  if (way.authenticator_id === CURRENT_NUMBER) return poll(new AbortController().signal);
  if (way.prompt === "number") return sendNumber(way.authenticator_id);
  if (way.prompt === "sent_code") return sendMessage(way.authenticator_id);
  const others = from.alternatives.filter((other) => other !== way);
  const back = from.prompts.map(behind).filter((other) => other !== undefined);
  show({
    ...from,
    state: "choose",
    ended: undefined,
    prompts: [drawn(way)],
    alternatives: [...back, ...others],
  });
  return undefined;
}

/** Ends the sign-in; somebody who only confirmed again goes back to where they were. */
export async function cancel(): Promise<void> {
  await request("DELETE", CURRENT);
  if (again) await leave("/");
  else await start();
}
