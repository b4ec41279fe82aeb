// Asks how good a password is while it is typed, a moment after the last key.
import { type Signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { request } from "../../kit/api";
import type { PasswordCheck } from "../../kit/api-types";

const PAUSE_MS = 350;

/** The latest verdict on what stands in the field, or nothing while it is not known. */
export function usePasswordCheck(
  token: string,
  userName: string,
  password: string,
): Signal<PasswordCheck | undefined> {
  const verdict = useSignal<PasswordCheck | undefined>(undefined);
  useEffect(() => {
    if (password === "") {
      verdict.value = undefined;
      return;
    }
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      const body = { token, user_name: userName, password };
      const answer = await request<PasswordCheck>("POST", "/api/v1/invitations/password-check", body, {
        signal: abort.signal,
      });
      if (!abort.signal.aborted) verdict.value = answer.ok ? answer.value : undefined;
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [token, userName, password, verdict]);
  return verdict;
}
