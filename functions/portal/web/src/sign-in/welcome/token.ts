// Keeps the invitation's token out of the address bar, the history and every log, yet across a reload.

const KEY = "countersign.invitation";

/** Reads the token once from the fragment, or from where the earlier load put it. */
export function takeToken(): string | undefined {
  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  if (token) {
    history.replaceState(null, "", location.pathname);
    try {
      sessionStorage.setItem(KEY, token);
    } catch {
      // Without storage the page still works until it is reloaded.
    }
    return token;
  }
  try {
    return sessionStorage.getItem(KEY) ?? undefined;
  } catch {
    return undefined;
  }
}

export function forgetToken(): void {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // Nothing was kept.
  }
}
