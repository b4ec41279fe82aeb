// Keeps the app's own files, so that it opens without a network and can say that it is offline.

const PREFIX = "countersign-authenticator-";
export const PAGE = "/authenticator";
const PATIENCE_MS = 4_000;

/** File names carry their content's hash, so the list of names is the version. */
function cacheName(files: string[]): string {
  let hash = 0;
  for (const character of files.join()) hash = (hash * 31 + character.charCodeAt(0)) | 0;
  return PREFIX + (hash >>> 0).toString(36);
}

/** Fetches the app's files. One that fails is left out: pushes matter more than opening offline. */
export async function keepShell(files: string[]): Promise<void> {
  const cache = await caches.open(cacheName(files));
  await Promise.allSettled([PAGE, ...files].map((path) => cache.add(new Request(path, { cache: "reload" }))));
}

/** Drops the files of older versions. */
export async function dropOldShells(files: string[]): Promise<void> {
  const current = cacheName(files);
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name.startsWith(PREFIX) && name !== current).map((n) => caches.delete(n)),
  );
}

/** The page: fresh when the network answers soon, otherwise as it was kept. */
export async function servePage(request: Request, files: string[]): Promise<Response> {
  const kept = await (await caches.open(cacheName(files))).match(PAGE);
  if (!kept) return fetch(request);
  try {
    const fresh = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) });
    return fresh.status >= 500 ? kept : fresh;
  } catch {
    return kept;
  }
}

/** A file with a hash in its name never changes: kept once, it is not asked for again. */
export async function serveAsset(request: Request, files: string[]): Promise<Response> {
  const cache = await caches.open(cacheName(files));
  const kept = await cache.match(request);
  if (kept) return kept;
  const fresh = await fetch(request);
  if (fresh.ok) await cache.put(request, fresh.clone());
  return fresh;
}
