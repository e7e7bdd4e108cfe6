// Marks the seller owns, and those he may use for as long as an authorisation says.

import { h } from "../../../shared/dom";
import { callOwn } from "../../../shared/own";
import type { Brand } from "../../../shared/protocol.gen";
import { failed, type Frame } from "../../frame";
import { brandOf, draftOf, EMPTY, lasting } from "./brand";
import { Entries, labelled, marketplaces, onMarketplaces } from "./entries";

const KINDS = ["own", "licensed"] as const;

export function brands(frame: Frame): Entries<Brand> {
  let lapsed = new Set<string>();
  return new Entries<Brand>(frame, {
    name: "brand",
    idOf: ({ id = "" }) => id,
    called: ({ name }) => name,
    load: async () => {
      const answer = await callOwn("brands.list", {});
      if (failed(answer)) return answer;
      lapsed = new Set(answer.result.lapsed);
      return { result: answer.result.brands };
    },
    line: (brand) => line(frame, brand, lapsed.has(brand.id ?? "")),
    fields: (brand) => fields(frame, brand),
    put: (brand) => callOwn("brands.put", { brand }),
    remove: (id) => callOwn("brands.remove", { ids: [id] }),
  });
}

function line(frame: Frame, brand: Brand, over: boolean): HTMLElement[] {
  const { t } = frame;
  const { name, kind, holder, number, note, marketplaces: names } = draftOf(brand);
  const end = lasting(brand, over);
  const told = [holder, number, onMarketplaces(frame, names)].filter(Boolean).join(" · ");
  return [
    h("p", { class: "row" }, h("strong", { dir: "auto" }, name), h("span", { class: "tag" }, t(`ownrules_kind_${kind}`))),
    h("p", { class: "soft small", dir: "auto" }, told),
    ...(end ? [h("p", { class: end.kind ? `notice small ${end.kind}` : "soft small" }, t(end.key, end.data))] : []),
    ...(note ? [h("p", { class: "soft small", dir: "auto" }, note)] : []),
  ];
}

function fields(frame: Frame, brand: Brand | null): ReturnType<ConstructorParameters<typeof Entries<Brand>>[1]["fields"]> {
  const { t } = frame;
  const draft = brand ? draftOf(brand) : EMPTY;
  const text = (value: string, most: number): HTMLInputElement => h("input", { type: "text", maxlength: most, autocomplete: "off", dir: "auto", value });
  const name = text(draft.name, 200);
  const holder = text(draft.holder, 200);
  const number = text(draft.number, 200);
  const note = text(draft.note, 300);
  const until = h("input", { type: "date", min: "2000-01-01", max: "2199-12-31", value: draft.until });
  const kind = h("select", { onchange: () => owned() }, ...KINDS.map((each) => h("option", { value: each }, t(`ownrules_kind_${each}`))));
  kind.value = draft.kind;
  const on = marketplaces(frame, draft.marketplaces);
  const by = labelled(frame, "holder", holder);
  const owned = (): void => void (by.hidden = kind.value === "own");
  owned();
  return {
    nodes: [labelled(frame, "name", name), labelled(frame, "kind", kind), by, labelled(frame, "number", number), labelled(frame, "until", until), labelled(frame, "note", note), on.node],
    first: name,
    made: () => {
      if (until.validity.badInput) return { problem: "until" };
      const found = brandOf({ ...draft, name: name.value, kind: kind.value as Brand["kind"], holder: holder.value, number: number.value, until: until.value, note: note.value, marketplaces: on.chosen() });
      return "problem" in found ? found : { entry: found.brand };
    },
  };
}
