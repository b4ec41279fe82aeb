// Opens the phone's own database, where keys and accounts live, and turns its requests into promises.

const NAME = "countersign-authenticator";
/** 2: accounts with codes. */
const VERSION = 2;

export type Store = "accounts" | "keys" | "settings" | "codes";

let opening: Promise<IDBDatabase> | undefined;

/** Adds what the versions after `from` brought; a new database has version 0. */
function upgrade(database: IDBDatabase, from: number): void {
  if (from < 1) {
    database.createObjectStore("accounts", { keyPath: "authenticatorId" });
    database.createObjectStore("keys");
    database.createObjectStore("settings");
  }
  if (from < 2) database.createObjectStore("codes", { keyPath: "id" });
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = ({ oldVersion }) => upgrade(request.result, oldVersion);
    request.onsuccess = () => {
      const database = request.result;
      // Another tab with a newer version, or a browser that closes it: the next use opens it again.
      // One that is closed by ourselves tells nobody.
      database.onversionchange = () => {
        database.close();
        opening = undefined;
      };
      database.onclose = () => {
        opening = undefined;
      };
      resolve(database);
    };
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("the database is in use by an older version"));
  });
}

function database(): Promise<IDBDatabase> {
  opening ??= open().catch((cause: unknown) => {
    opening = undefined;
    throw cause;
  });
  return opening;
}

/** The result of one request. */
export function result<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Reads from one store. */
export async function read<T>(store: Store, run: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const db = await database();
  return result(run(db.transaction(store, "readonly").objectStore(store)));
}

/** Writes to stores in one transaction: all of it is kept, or nothing. Resolves when it is on disk. */
export async function write(stores: Store[], run: (transaction: IDBTransaction) => void): Promise<void> {
  const db = await database();
  return new Promise((resolve, reject) => {
    const transaction = db.transaction(stores, "readwrite", { durability: "strict" });
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
    run(transaction);
  });
}
