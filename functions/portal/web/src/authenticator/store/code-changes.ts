// Adds, renames and forgets the accounts whose codes this phone shows.
import type { CodeAccount } from "./codes";
import { read, write } from "./database";

/** Keeps one and reads it back: a browser that keeps no keys fails now, while the secret is still on the other screen. */
export async function addCode(code: CodeAccount): Promise<void> {
  if (code.key.extractable) throw new Error("the key could be read out");
  await write(["codes"], (transaction) => transaction.objectStore("codes").put(code));
  const kept = await read<CodeAccount | undefined>("codes", (store) => store.get(code.id));
  if (!kept?.key || kept.key.extractable) throw new Error("the browser did not keep the key");
}

/** Changes the names of one that is still there. */
export async function renameCode(id: string, names: { issuer: string; name: string }): Promise<void> {
  await write(["codes"], (transaction) => {
    const store = transaction.objectStore("codes");
    const found: IDBRequest<CodeAccount | undefined> = store.get(id);
    found.onsuccess = () => {
      if (found.result) store.put({ ...found.result, ...names });
    };
  });
}

/** Forgets one with its key. */
export async function forgetCode(id: string): Promise<void> {
  await write(["codes"], (transaction) => transaction.objectStore("codes").delete(id));
}
