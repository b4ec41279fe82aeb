// Decides where a sign-in may lead back to: only to a path of this very site.

/** The path when it is safe to go there, `/` otherwise. `//host`, `/\host` and control characters lead elsewhere. */
export function safeReturnTo(value: string | null | undefined): string {
  if (!value?.startsWith("/") || value.startsWith("//")) return "/";
  const hidden = [...value].some((character) => character === "\\" || character.charCodeAt(0) <= 0x20);
  if (hidden) return "/";
  return value.startsWith("/sign-in") || value.startsWith("/welcome") ? "/" : value;
}

/** The sign-in page's address that leads back to `path` afterwards. */
export function signInAddress(path: string, reauthenticate: boolean): string {
  const query = new URLSearchParams();
  if (reauthenticate) query.set("reauthenticate", "1");
  query.set("return_to", safeReturnTo(path));
  return `/sign-in?${query}`;
}
