// The extension's own IndexedDB: pairing keys and the queue. Content scripts cannot reach it.

const NAME = "seabridge";
const VERSION = 1;
export type StoreName = "keys" | "queue" | "parked";

let opening: Promise<IDBDatabase> | undefined;

function open(): Promise<IDBDatabase> {
  opening ??= new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      const db = request.result;
      db.createObjectStore("keys", { keyPath: "instance" });
      db.createObjectStore("queue", { keyPath: "id", autoIncrement: true }).createIndex("idem", "idem", { unique: true });
      db.createObjectStore("parked", { keyPath: "id" });
    };
    request.onsuccess = () => {
      const db = request.result;
      // a newer version of this extension opens the database: make way
      db.onversionchange = () => {
        db.close();
        opening = undefined;
      };
      db.onclose = () => (opening = undefined);
      resolve(db);
    };
    request.onerror = () => reject(request.error ?? new Error("IndexedDB does not open"));
  });
  opening.catch(() => (opening = undefined));
  return opening;
}

/**
 * One transaction. Resolves only when it is complete; writing ones are flushed to disk first. `work` must use no other
 * promises than those of `got`.
 */
export async function transact<T>(stores: StoreName[], mode: "readonly" | "readwrite", work: (tx: IDBTransaction) => Promise<T>): Promise<T> {
  const tx = (await open()).transaction(stores, mode, mode === "readwrite" ? { durability: "strict" } : {});
  const done = new Promise<void>((resolve, reject) => {
    tx.oncomplete = () => resolve();
    tx.onabort = () => reject(tx.error ?? new Error("transaction aborted"));
  });
  done.catch(() => undefined);
  let value: T;
  try {
    value = await work(tx);
  } catch (error) {
    try {
      tx.abort();
    } catch {
      // already finished by the failure itself
    }
    throw error;
  }
  await done;
  return value;
}

/** The result of one request inside a transaction. */
export function got<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("request failed"));
  });
}

/** For tests: forget the open connection. */
export async function closeDatabase(): Promise<void> {
  (await opening)?.close();
  opening = undefined;
}
