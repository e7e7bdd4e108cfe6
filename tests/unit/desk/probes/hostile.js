async (port) => {
  // All a web page on another port can try: read, write, embed, run, connect.
  const base = `http://127.0.0.1:${port}`;
  const fate = (promise) => promise.then(() => "worked", () => "failed");
  const body = JSON.stringify({ method: "settings.set", params: { locale: "en" } });
  const json = { "Content-Type": "application/json" };
  const frame = document.createElement("iframe");
  frame.src = `${base}/dashboard`;
  const framed = new Promise((resolve) => {
    frame.onload = resolve;
    setTimeout(resolve, 2000);
  });
  document.body.append(frame);
  const script = document.createElement("script");
  script.src = `${base}/dashboard/app.js`;
  const loaded = new Promise((resolve, reject) => {
    script.onload = resolve;
    script.onerror = reject;
  });
  document.body.append(script);
  const socket = new WebSocket(`ws://127.0.0.1:${port}/v1`);
  const opened = new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = reject;
  });
  const tried = {
    get: await fate(fetch(`${base}/dashboard`)),
    post: await fate(fetch(`${base}/v1/dashboard/call`, { method: "POST", headers: json, body })),
    control: await fate(fetch(`${base}/v1/control`, { method: "POST", headers: json, body })),
    script: await fate(loaded),
    socket: await fate(opened),
    storage: sessionStorage.getItem("seabridge.token"),
  };
  // Without a preflight: it arrives, is refused, and the page cannot read even that.
  await fetch(`${base}/v1/dashboard/call`, { method: "POST", mode: "no-cors", body }).catch(() => null);
  await framed;
  let inside = "closed";
  try {
    inside = frame.contentDocument?.title || "closed";
  } catch {
    inside = "closed";
  }
  return { ...tried, frame: inside };
}
