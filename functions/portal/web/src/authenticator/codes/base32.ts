// Reads Base32 (RFC 4648 §6) as people type it: in small letters, in groups, with or without padding.

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** The characters that count: capitals, without spaces, dashes and the padding at the end. */
export function bareBase32(text: string): string {
  return text
    .replace(/[\s\u200b-\u200d\ufeff‐‑‒–—-]/g, "")
    .replace(/=+$/, "")
    .replace(/[a-z]/g, (letter) => letter.toUpperCase());
}

/** The characters that Base32 never contains, each once. */
export function strangeToBase32(text: string): string[] {
  return [...new Set(Array.from(bareBase32(text)).filter((one) => !ALPHABET.includes(one)))];
}

/** The bytes; nothing when a character is strange or the last group is cut short. */
export function fromBase32(text: string): Uint8Array<ArrayBuffer> | undefined {
  const bare = bareBase32(text);
  if ([1, 3, 6].includes(bare.length % 8) || strangeToBase32(bare).length > 0) return undefined;
  const bytes = new Uint8Array(Math.floor((bare.length * 5) / 8));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const character of bare) {
    held = ((held << 5) | ALPHABET.indexOf(character)) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at] = held >> bits;
    at += 1;
  }
  return bytes;
}
