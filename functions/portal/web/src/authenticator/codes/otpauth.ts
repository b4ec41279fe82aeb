// Reads what a site's QR code says about its codes: `otpauth://totp/Issuer:name?secret=…` (the Key URI format).
import { fromBase32, strangeToBase32 } from "./base32";
import type { Algorithm, Recipe } from "./totp";

/** What somebody has to know to make the same codes. Lives only until the secret has become a key. */
export interface Draft extends Recipe {
  issuer: string;
  name: string;
  secret: Uint8Array<ArrayBuffer>;
}

export type Refusal =
  | { why: "not_otpauth" | "counter" | "type" | "damaged" }
  | { why: "no_secret" | "short_secret" | "cut_secret" }
  | { why: "strange_secret"; characters: string[] }
  | { why: "algorithm" | "digits" | "period"; given: string };

export type Read<T> = { ok: true; value: T } | { ok: false; refusal: Refusal };

/** 80 bits, as many sites give; RFC 4226 §4 asks for 128, but whoever scans has no say in it. */
const SHORTEST_BYTES = 10;
const LONGEST_NAME = 64;
const PERIODS = { from: 10, to: 300 };
const ALGORITHMS: Record<string, Algorithm> = { SHA1: "SHA-1", SHA256: "SHA-256", SHA512: "SHA-512" };
/** What almost every site uses, and what a URI means that does not say. */
export const USUAL: Recipe = { algorithm: "SHA-1", digits: 6, period: 30 };

const no = (refusal: Refusal): { ok: false; refusal: Refusal } => ({ ok: false, refusal });

/** A name as it is shown: no line breaks, and nothing that turns the direction of what stands beside it. */
export function cleanName(text: string): string {
  const plain = text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu, " ");
  return Array.from(plain.replace(/\s+/g, " ").trim()).slice(0, LONGEST_NAME).join("");
}

export function readSecret(text: string): Read<Uint8Array<ArrayBuffer>> {
  if (text.trim() === "") return no({ why: "no_secret" });
  const characters = strangeToBase32(text);
  if (characters.length > 0) return no({ why: "strange_secret", characters });
  const value = fromBase32(text);
  if (!value) return no({ why: "cut_secret" });
  return value.length < SHORTEST_BYTES ? no({ why: "short_secret" }) : { ok: true, value };
}

function readRecipe(parameters: URLSearchParams): Read<Recipe> {
  const algorithm = parameters.get("algorithm") ?? "SHA1";
  const digits = parameters.get("digits") ?? "6";
  const period = parameters.get("period") ?? "30";
  const known = ALGORITHMS[algorithm.toUpperCase().replaceAll("-", "")];
  if (!known) return no({ why: "algorithm", given: cleanName(algorithm) });
  if (digits !== "6" && digits !== "8") return no({ why: "digits", given: cleanName(digits) });
  const seconds = /^\d{1,3}$/.test(period) ? Number(period) : 0;
  if (seconds < PERIODS.from || seconds > PERIODS.to) return no({ why: "period", given: cleanName(period) });
  return { ok: true, value: { algorithm: known, digits: digits === "8" ? 8 : 6, period: seconds } };
}

/** The label is `name` or `issuer:name`; the parameter `issuer` says it better where both are there. */
function readLabel(label: string, issuer: string | null): { issuer: string; name: string } {
  const colon = label.indexOf(":");
  const before = colon < 0 ? "" : label.slice(0, colon);
  return { issuer: cleanName(issuer || before), name: cleanName(label.slice(colon + 1)) };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** Taken apart by hand: browsers differ in what they make of a scheme that they do not know. */
export function readOtpauth(text: string): Read<Draft> {
  const parts = /^otpauth:\/\/([^/?#]*)\/?([^?#]*)(?:\?([^#]*))?/i.exec(text.trim());
  if (!parts) return no({ why: "not_otpauth" });
  const [, type = "", label = "", query = ""] = parts;
  if (type.toLowerCase() === "hotp") return no({ why: "counter" });
  if (type.toLowerCase() !== "totp") return no({ why: "type" });
  const plain = decoded(label);
  if (plain === undefined) return no({ why: "damaged" });
  const parameters = new URLSearchParams(query);
  const secret = readSecret(parameters.get("secret") ?? "");
  if (!secret.ok) return secret;
  const recipe = readRecipe(parameters);
  if (!recipe.ok) return recipe;
  const names = readLabel(plain, parameters.get("issuer"));
  return { ok: true, value: { ...names, ...recipe.value, secret: secret.value } };
}
