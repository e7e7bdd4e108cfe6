// Asks the companion about the texts of the editor, and keeps what it found with the fields it was found in.

import type { Host, ListingAtHand } from "../features/kit/types";
import { clip } from "../sites/text";
import type { CheckResult, ListingCheckParams } from "../shared/protocol.gen";
import { Asking } from "./asking";
import type { Fields } from "./fields";
import { marksOf, type Mark } from "./marks";
import { textsOf, type Sent } from "./subjects";
import { troubleOf } from "./trouble";
import type { Found, View } from "./view";
import type { Watched } from "./watched";

/** What the wire takes as a name, in characters. */
const NAME = 200;

type State = Omit<View, "found">;

/** One field as it was when it was asked about. */
interface Asked {
  watched: Watched;
  id: string;
  text: string;
}

export class Reviewer {
  readonly #asking: Asking;
  #state: State = { trouble: "", waiting: true, pack: "", cut: false };
  /** Texts that were written down last; the same are not again. */
  #settled = "";

  constructor(
    private readonly host: Host,
    private readonly listing: ListingAtHand,
    private readonly fields: Fields,
    private readonly told: () => void,
    private readonly signal: AbortSignal,
  ) {
    this.#asking = new Asking((settled) => this.#ask(settled), signal);
  }

  get view(): View {
    return { ...this.#state, found: this.fields.all.flatMap((watched) => this.foundIn(watched, () => true)) };
  }

  /** The seller's or the platform's number of this listing; "" = it has none yet. */
  get item(): string {
    const { sku, item } = this.listing.snapshot.fields;
    return clip(sku || item, NAME);
  }

  /** The texts are others. */
  changed(): void {
    this.#asking.changed();
  }

  /** The same texts may be judged otherwise by now. */
  again(): void {
    this.#asking.again();
  }

  /** What was found in a field; by default without what the seller excused. */
  foundIn(watched: Watched, which = ({ finding }: Mark): boolean => finding.waiver === ""): Found[] {
    const { id, name } = watched.subject;
    return watched.marks.filter(which).map(({ key, finding }) => ({ key: `${id}\n${key}`, name, finding }));
  }

  /** The words a key stands for, as they are now; null when they are there no more. */
  markOf(key: string): { watched: Watched; mark: Mark } | null {
    const [id = "", ...own] = key.split("\n");
    const watched = this.fields.all.find(({ subject }) => subject.id === id);
    const mark = watched?.marks.find((each) => each.key === own.join("\n"));
    return watched && mark ? { watched, mark } : null;
  }

  /** Whether there is nothing to ask again. */
  async #ask(settled: boolean): Promise<boolean> {
    // a page nobody looks at is asked about when it is shown
    if (this.listing.document.hidden) return true;
    if (this.host.state.link !== "ready") return this.#fail({ code: "not_running", data: {} });
    const asked = this.fields.all.map((watched): Asked => {
      watched.read();
      return { watched, id: watched.subject.id, text: watched.text };
    });
    const { sent, cut } = textsOf(this.fields.all.map(({ subject }) => subject), (id) => asked.find((each) => each.id === id)?.text ?? "");
    const params = this.#params(sent, settled);
    const wire = settled ? JSON.stringify(params.texts) : "";
    if (settled && wire === this.#settled) return true;
    const answer = sent.length > 0 ? await this.host.ask({ type: "call", method: "listing.check", params }).catch(() => null) : { result: { findings: [], pack: this.#state.pack } };
    if (this.signal.aborted) return true;
    if (!answer) return false;
    if ("error" in answer) return this.#fail(answer.error) && !answer.error.retryable;
    if (settled) this.#settled = wire;
    this.#take(asked, sent, answer.result);
    this.#tell({ trouble: "", waiting: false, pack: answer.result.pack, cut });
    return true;
  }

  #params(sent: readonly Sent[], settled: boolean): ListingCheckParams {
    const { snapshot, marketplace } = this.listing;
    const { category, brand } = snapshot.fields;
    const texts = sent.map(({ wire }) => wire);
    return { marketplace: marketplace.name, region: snapshot.region, shop: clip(snapshot.shop, NAME), item: this.item, category: clip(category, NAME), brand: clip(brand, NAME), texts, settled };
  }

  #take(asked: readonly Asked[], sent: readonly Sent[], { findings }: CheckResult): void {
    const parts = sent.map((piece, part) => ({ piece, own: findings.filter((finding) => finding.part === part) }));
    for (const { watched, id, text } of asked) watched.take(parts.filter(({ piece }) => piece.id === id).flatMap(({ piece, own }) => marksOf(piece, own)), text);
  }

  /** Marks of what cannot be checked are no marks. */
  #fail(failure: { code: string; data: Record<string, unknown> }): true {
    for (const watched of this.fields.all) watched.take([], watched.text);
    this.#tell({ ...this.#state, trouble: troubleOf((key, said) => this.host.t(key, said), failure), waiting: false });
    return true;
  }

  #tell(state: State): void {
    this.#state = state;
    this.told();
  }
}
