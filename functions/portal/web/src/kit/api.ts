// The one way to ask the server: JSON in, JSON or a typed problem out, and sign-in when a session is missing.
import { signal } from "@preact/signals";
import { learnTime } from "./clock";
import { recordRedirect } from "./loop-guard";
import { localProblem, type Problem, type Result, readProblem } from "./problem";
import { signInAddress } from "./return-to";

const TIMEOUT_MS = 20_000;

/** Set when going on would only go in circles; the page then shows why instead of its content. */
export const stopped = signal<Problem | undefined>(undefined);

export type Verb = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

export interface Options {
  /** Where to come back to after signing in; where one is, unless told. */
  resume?: string;
  signal?: AbortSignal;
  /** The version that is changed, where a change has to name it. */
  ifMatch?: string;
}

/** Sends one request and never throws. Goes nowhere: the caller decides what a problem means. */
export async function request<T>(
  verb: Verb,
  path: string,
  body?: unknown,
  options?: Options,
): Promise<Result<T>> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const response = await fetch(path, {
      method: verb,
      credentials: "same-origin",
      cache: "no-store",
      headers: {
        accept: "application/json",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(options?.ifMatch ? { "if-match": options.ifMatch } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: options?.signal ? AbortSignal.any([options.signal, timeout]) : timeout,
    });
    learnTime(response.headers.get("date"));
    if (!response.ok) return { ok: false, problem: await readProblem(response) };
    const value = response.status === 204 ? undefined : await response.json();
    return { ok: true, value: value as T };
  } catch {
    return { ok: false, problem: localProblem(timeout.aborted ? "network.timeout" : "network.unreachable") };
  }
}

/** Leaves for another page of this site that has a document of its own. The promise never settles: the page is going. */
export function leave(path: string): Promise<never> {
  location.assign(path);
  return new Promise(() => {});
}

/** Leaves for sign-in, unless that would be the third time within a minute: then it says so and stays. */
export function leaveForSignIn(resume: string, reauthenticate: boolean): Promise<never> {
  const code = recordRedirect();
  if (!code) return leave(signInAddress(resume, reauthenticate));
  stopped.value = localProblem(code);
  return new Promise(() => {});
}

/** Asks under `/api/v1`; a missing or too old proof leads to sign-in and back to where one was. */
export async function call<T>(
  verb: Verb,
  path: string,
  body?: unknown,
  options?: Options,
): Promise<Result<T>> {
  const answer = await request<T>(verb, `/api/v1${path}`, body, options);
  if (answer.ok) return answer;
  const resume = options?.resume ?? `${location.pathname}${location.search}`;
  switch (answer.problem.code) {
    case "session.required":
      return leaveForSignIn(resume, false);
    case "session.reauthentication_required":
      return leaveForSignIn(resume, true);
    case "session.registration_only":
      return location.pathname === "/add-method" ? answer : leave("/add-method");
    default:
      return answer;
  }
}
