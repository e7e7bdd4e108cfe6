// Pairings this extension holds, one a companion.

import { got, transact } from "./database";

export interface Pairing {
  /** The companion's data folder. */
  instance: string;
  keyId: string;
  key: CryptoKey;
  port: number;
  practice: boolean;
  /** Seconds since 1970. */
  createdAt: number;
}

export interface Keys {
  all(): Promise<Pairing[]>;
  put(pairing: Pairing): Promise<void>;
  remove(instance: string): Promise<void>;
}

export const keys: Keys = {
  all: () => transact(["keys"], "readonly", (tx) => got<Pairing[]>(tx.objectStore("keys").getAll())),
  put: (pairing) => transact(["keys"], "readwrite", async (tx) => void (await got(tx.objectStore("keys").put(pairing)))),
  remove: (instance) => transact(["keys"], "readwrite", async (tx) => void (await got(tx.objectStore("keys").delete(instance)))),
};
