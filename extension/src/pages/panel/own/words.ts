// Words nobody in the shop may write.

import { h } from "../../../shared/dom";
import { callOwn } from "../../../shared/own";
import type { OwnWord } from "../../../shared/protocol.gen";
import { failed, type Frame } from "../../frame";
import { Entries, labelled, marketplaces, onMarketplaces, ticks } from "./entries";
import { draftOf, EMPTY, LEVELS, TARGETS, wordOf, type Level } from "./word";

export function words(frame: Frame): Entries<OwnWord> {
  return new Entries<OwnWord>(frame, {
    name: "word",
    idOf: ({ id = "" }) => id,
    called: ({ words: [first = ""] }) => first,
    load: async () => {
      const answer = await callOwn("words.list", {});
      return failed(answer) ? answer : { result: answer.result.words };
    },
    line: (word) => line(frame, word),
    fields: (word) => fields(frame, word),
    put: (word) => callOwn("words.put", { word }),
    remove: (id) => callOwn("words.remove", { ids: [id] }),
  });
}

function line(frame: Frame, word: OwnWord): HTMLElement[] {
  const { t } = frame;
  const { words, level, instead, why, targets, marketplaces: names } = { ...draftOf(word), words: word.words };
  return [
    h("p", { class: "row" }, h("strong", { dir: "auto" }, words.join(" · ")), h("span", { class: "tag" }, t(`check_level_${level}`))),
    h("p", { dir: "auto", hidden: instead === "" }, t("ownrules_instead", { text: instead })),
    h("p", { class: "soft small", dir: "auto", hidden: why === "" }, why),
    h("p", { class: "soft small" }, [targets.map((target) => t(`ownrules_in_${target}`)).join(", "), onMarketplaces(frame, names)].join(" · ")),
  ];
}

function fields(frame: Frame, word: OwnWord | null): ReturnType<ConstructorParameters<typeof Entries<OwnWord>>[1]["fields"]> {
  const { t } = frame;
  const draft = word ? draftOf(word) : EMPTY;
  const text = (value: string, most: number): HTMLInputElement => h("input", { type: "text", maxlength: most, autocomplete: "off", dir: "auto", value });
  const words = h("textarea", { rows: 3, spellcheck: "false", dir: "auto" });
  words.value = draft.words;
  const instead = text(draft.instead, 200);
  const why = text(draft.why, 300);
  const level = h("select", {}, ...LEVELS.map((each) => h("option", { value: each }, t(`ownrules_level_${each}`))));
  level.value = draft.level;
  const where = ticks(t("ownrules_field_where"), TARGETS.map((target) => [target, t(`ownrules_in_${target}`)] as const), draft.targets);
  const on = marketplaces(frame, draft.marketplaces);
  return {
    nodes: [labelled(frame, "words", words), labelled(frame, "instead", instead), labelled(frame, "level", level), labelled(frame, "why", why), where.node, on.node],
    first: words,
    made: () => {
      const found = wordOf({ id: draft.id, words: words.value, instead: instead.value, level: level.value as Level, why: why.value, targets: where.chosen(), marketplaces: on.chosen() });
      return "problem" in found ? found : { entry: found.word };
    },
  };
}
