// Talking to the companion: the ticket of the address becomes a token that lives with this tab.

const KEY = "seabridge.token";

export class Refusal extends Error {
  constructor(error) {
    super(error.code);
    this.code = error.code;
    this.data = error.data ?? {};
  }
}

async function post(path, body, token) {
  const headers = { "Content-Type": "application/json" };
  if (token) headers["X-Seabridge-Token"] = token;
  let answer;
  try {
    const response = await fetch(path, {
      method: "POST",
      headers,
      body: JSON.stringify(body),
      cache: "no-store",
      credentials: "omit",
      referrerPolicy: "no-referrer",
    });
    answer = await response.json();
  } catch {
    throw new Refusal({ code: "unreachable" });
  }
  if (answer.error) throw new Refusal(answer.error);
  return answer.result;
}

/** Hands a file over; its SHA-256, by which a call within a minute names it. */
export async function upload(file) {
  let answer;
  try {
    const response = await fetch("/v1/dashboard/file", {
      method: "POST",
      headers: { "Content-Type": "application/octet-stream", "X-Seabridge-Token": sessionStorage.getItem(KEY) ?? "" },
      body: file,
      cache: "no-store",
      credentials: "omit",
      referrerPolicy: "no-referrer",
    });
    answer = await response.json();
  } catch {
    throw new Refusal({ code: "unreachable" });
  }
  if (answer.error) throw new Refusal(answer.error);
  return answer.result.sha256;
}

/** The file of an export, which is handed over once. */
export async function download(id) {
  let response;
  try {
    response = await fetch("/v1/dashboard/export", {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Seabridge-Token": sessionStorage.getItem(KEY) ?? "" },
      body: JSON.stringify({ id }),
      cache: "no-store",
      credentials: "omit",
      referrerPolicy: "no-referrer",
    });
    if (response.ok) return await response.blob();
  } catch {
    throw new Refusal({ code: "unreachable" });
  }
  throw new Refusal((await response.json().catch(() => ({}))).error ?? { code: "unreachable" });
}

/** Uses up the ticket of the address, if there is one; whether this tab may ask for data. */
export async function open() {
  const ticket = new URLSearchParams(location.hash.slice(1)).get("ticket");
  if (ticket) {
    history.replaceState(null, "", "/dashboard#overview");
    try {
      const { token } = await post("/v1/dashboard/session", { ticket });
      sessionStorage.setItem(KEY, token);
    } catch {
      // an old ticket in a tab that is still open: its token may be good
    }
  }
  return sessionStorage.getItem(KEY) !== null;
}

/** Calls a method. A tab whose token expired is told by ``ticket_invalid``. */
export async function call(method, params = {}) {
  try {
    return await post("/v1/dashboard/call", { method, params }, sessionStorage.getItem(KEY) ?? "");
  } catch (error) {
    if (error.code === "ticket_invalid") {
      sessionStorage.removeItem(KEY);
      dispatchEvent(new Event("seabridge-locked"));
    }
    throw error;
  }
}
