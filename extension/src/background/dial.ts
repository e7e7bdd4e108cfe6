// Opens a WebSocket to the companion on this machine.

import { Channel } from "./channel";
import { stayAwake } from "./platform";

/** A local port answers at once or not at all. */
const DIAL_MS = 3_000;

export function dial(port: number): Promise<Channel> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/v1`);
    const timer = setTimeout(() => fail("timeout"), DIAL_MS);
    const fail = (why: string): void => {
      clearTimeout(timer);
      socket.close();
      reject(new Error(why));
    };
    socket.addEventListener("open", () => {
      clearTimeout(timer);
      resolve(new Channel(socket, port, stayAwake));
    });
    socket.addEventListener("error", () => fail("refused"));
  });
}
