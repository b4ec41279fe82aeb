// Cleans pairing codes, however they came: typed, scanned, or in a link.

const ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
export const CODE_LENGTH = 10;

/** What a scanned text turned out to be. */
export type Scanned =
  | { kind: "code"; code: string }
  | { kind: "other_service"; host: string }
  | { kind: "otpauth" }
  | { kind: "unknown" };

/** Latin letters only: "ß" is not the "SS" that it turns into elsewhere. */
function upperCase(text: string): string {
  return text.replace(/[a-z]/g, (letter) => letter.toUpperCase());
}

/** The code's characters as far as they were typed: upper case, without dashes, spaces or anything else. */
export function cleanCode(typed: string): string {
  return Array.from(upperCase(typed))
    .filter((character) => ALPHABET.includes(character))
    .slice(0, CODE_LENGTH)
    .join("");
}

/** The clean code, when the text is a whole one and nothing but one. */
export function parseCode(text: string): string | undefined {
  const bare = upperCase(text).replace(/[\s-‐‑‒–—]/g, "");
  return bare.length === CODE_LENGTH && cleanCode(bare) === bare ? bare : undefined;
}

/** A code as it is shown: `ABCDE-FGHJK`. */
export function showCode(code: string): string {
  return code.length > 5 ? `${code.slice(0, 5)}-${code.slice(5)}` : code;
}

/** The characters that a code never contains, which hint at a misread one. */
export function strangeCharacters(typed: string): string[] {
  const strange = Array.from(upperCase(typed)).filter(
    (c) => /[\p{L}\p{N}]/u.test(c) && !ALPHABET.includes(c),
  );
  return [...new Set(strange)];
}

/** The code in a fragment such as `#pair=ABCDE-FGHJK`. */
export function codeFromFragment(fragment: string): string | undefined {
  const value = new URLSearchParams(fragment.replace(/^#/, "")).get("pair");
  return value === null ? undefined : parseCode(value);
}

/**
 * Reads what a QR code says. A code of another origin is named and not followed: the key would be made for a service
 * that the member did not open.
 */
export function readScanned(text: string, origin: string): Scanned {
  const bare = parseCode(text);
  if (bare) return { kind: "code", code: bare };
  if (/^\s*otpauth:/i.test(text)) return { kind: "otpauth" };
  if (!URL.canParse(text)) return { kind: "unknown" };
  const url = new URL(text);
  const code = codeFromFragment(url.hash);
  if (!code || !/^https?:$/.test(url.protocol)) return { kind: "unknown" };
  return url.origin === origin ? { kind: "code", code } : { kind: "other_service", host: url.host };
}
