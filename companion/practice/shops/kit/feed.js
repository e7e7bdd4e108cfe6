// The page's own line to its server: polls, keeps the last answer, tells when something changed.

export async function ask(path, body) {
  const answer = await fetch(path, {
    method: body ? "POST" : "GET",
    headers: body ? { "content-type": "application/json" } : {},
    body: body ? JSON.stringify(body) : undefined,
    credentials: "same-origin",
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

export class Feed {
  constructor(path, onNews) {
    this.path = path;
    this.onNews = onNews;
    this.revision = 0;
    this.conversation = "";
    this.limit = 0;
    this.turn = 0;
  }
  open(conversation, limit) {
    this.conversation = conversation;
    this.limit = limit;
    this.revision = 0;
    return this.once();
  }
  async once() {
    const turn = ++this.turn;
    const query = new URLSearchParams({ conversation: this.conversation, limit: this.limit, since: this.revision });
    const news = await ask(`${this.path}?${query}`).catch(() => null);
    if (!news || turn !== this.turn || news.revision === this.revision) return;
    this.revision = news.revision;
    this.onNews(news);
  }
  start(ms) {
    const beat = async () => {
      await this.once();
      setTimeout(beat, ms);
    };
    setTimeout(beat, ms);
  }
}

// Renders now and then without any news, and in storms when the server asks for it.
export class Weather {
  constructor(settings, path, draw) {
    this.settings = settings;
    this.path = path;
    this.draw = draw;
    this.cycle = 0;
    this.storm = null;
    if (settings.every_ms > 0) setInterval(() => this.draw(this.mode(settings.every)), settings.every_ms);
  }
  mode(wanted) {
    return wanted === "cycle" ? ["reuse", "wipe", "replace"][this.cycle++ % 3] : wanted;
  }
  onNews(news) {
    if (news.storm && !news.storm.done && news.storm.id !== this.storm) this.blow(news.storm);
  }
  async blow(storm) {
    this.storm = storm.id;
    const start = performance.now();
    for (let n = 0; n < storm.times; n++) {
      this.draw(this.mode(storm.mode));
      await new Promise((done) => setTimeout(done, storm.gap_ms));
    }
    await ask(this.path, { id: storm.id, took_ms: performance.now() - start });
  }
}
