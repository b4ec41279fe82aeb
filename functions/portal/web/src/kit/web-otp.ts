// Takes a code out of the text message that brings it, where the browser can (WebOTP); the person is asked by the browser first.
import { useEffect, useRef } from "preact/hooks";

interface OtpCredential {
  code?: string;
}

/** Waits for a message that is bound to this site, once for each code that went out. */
export function useWebOtp(active: boolean, sending: string | undefined, take: (code: string) => void): void {
  const latest = useRef(take);
  latest.current = take;
  useEffect(() => {
    if (!active || !("OTPCredential" in window)) return;
    const waiting = new AbortController();
    const options = { otp: { transport: ["sms"] }, signal: waiting.signal } as CredentialRequestOptions;
    navigator.credentials.get(options).then(
      (found) => {
        const { code } = (found ?? {}) as OtpCredential;
        if (code && !waiting.signal.aborted) latest.current(code);
      },
      () => undefined, // declined, or nothing came: the code is typed
    );
    return () => waiting.abort();
  }, [active, sending]);
}
