// Cleans what people type or paste before it is sent.

/** The digits of a one-time code: spaces, dashes and whatever else was pasted with it are dropped. */
export function cleanCode(value: string, digits: number): string {
  return value.normalize("NFKC").replace(/\D/g, "").slice(0, digits);
}

/** A secret in groups of four, as it is read aloud and typed. */
export function grouped(secret: string): string {
  return (secret.replace(/\s/g, "").match(/.{1,4}/g) ?? []).join(" ");
}
