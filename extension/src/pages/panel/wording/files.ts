// Glossary and memory as files: read as text whatever program wrote them, and saved as downloads.

import { h } from "../../../shared/dom";
import type { Answer, Failure } from "../../../shared/messages";
import { MAX_IMPORT } from "../../../shared/protocol.const.gen";
import { download } from "../../file";
import { failed, sentence, type Frame } from "../../frame";

/** The text of a file in UTF-8, UTF-16 with its mark, or GB 18030, which Excel writes for CSV on a Chinese Windows. */
export function decoded(bytes: Uint8Array): string {
  const mark = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : "";
  if (mark) return new TextDecoder(mark).decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}

/** XML that says in which encoding its bytes were: they are characters now. */
export function undeclared(xml: string): string {
  return xml.replace(/^(\s*<\?xml\b[^>]*?)\s+encoding\s*=\s*(["'])[^"']*\2/, "$1");
}

/** A file's name that is one on every system. */
export function exportName(what: string, shop: string, ending: string, now: Date): string {
  const day = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("");
  const whose = shop.replace(/[^A-Za-z0-9]+/g, "-").slice(0, 40);
  return `seabridge-${what}${whose ? `-${whose}` : ""}-${day}.${ending}`;
}

/** Asks piece by piece until the file is whole. */
export async function whole(piece: (offset: number) => Promise<Answer<{ content: string; next: number }>>): Promise<{ text: string } | { error: Failure }> {
  let text = "";
  let offset = 0;
  do {
    const answer = await piece(offset);
    if (failed(answer)) return answer;
    text += answer.result.content;
    // only ever onwards
    if (answer.result.next !== 0 && answer.result.next <= offset) return { error: { code: "internal", retryable: false, data: { report: "export" } } };
    offset = answer.result.next;
  } while (offset !== 0);
  return { text };
}

export interface Exchange {
  /** File endings that can be imported, without the dot. */
  endings: readonly string[];
  /** One button each. */
  exports: readonly { label: string; ending: string; type: string; name: () => string; piece: (offset: number) => Promise<Answer<{ content: string; next: number }>> }[];
  /** What to say when it is done. */
  take: (content: string, ending: string) => Promise<Answer<string>>;
  taken: () => void;
}

/** Buttons to import and export, and a line that says what came of it. */
export function exchangeRow({ t }: Frame, { endings, exports, take, taken }: Exchange): HTMLElement {
  const said = h("p", { class: "small", role: "status" });
  const file = h("input", { type: "file", accept: endings.map((each) => `.${each}`).join(), hidden: true, onchange: () => void chosen() });
  const say = (words: string, bad = false): void => {
    said.className = bad ? "notice bad small" : "small";
    said.textContent = words;
  };

  async function chosen(): Promise<void> {
    const [one] = file.files ?? [];
    if (!one) return;
    const ending = endings.find((each) => one.name.toLowerCase().endsWith(`.${each}`));
    const bytes = ending !== undefined && one.size <= MAX_IMPORT ? new Uint8Array(await one.arrayBuffer()) : null;
    file.value = ""; // the same file can be chosen again once it is mended
    if (ending === undefined) return say(t("wording_import_ending", { endings: endings.map((each) => `.${each}`).join(" / ") }), true);
    if (bytes === null) return say(t("wording_import_large", { size: Math.ceil(one.size / 1e6), limit: MAX_IMPORT / 1e6 }), true);
    const text = ending === "csv" ? decoded(bytes) : undeclared(decoded(bytes));
    say(t("wording_importing"));
    const answer = await take(text, ending);
    say(failed(answer) ? sentence(t, answer.error) : answer.result, failed(answer));
    if (!failed(answer)) taken();
  }

  const save = async ({ type, name, piece }: Exchange["exports"][number]): Promise<void> => {
    const answer = await whole(piece);
    if ("error" in answer) return say(sentence(t, answer.error), true);
    download(name(), new TextEncoder().encode(answer.text), type);
    say(t("wording_exported", { file: name() }));
  };

  return h(
    "div",
    { class: "exchange" },
    h(
      "div",
      { class: "actions" },
      h("button", { class: "quiet", "data-do": "import", onclick: () => file.click() }, t("wording_import", { endings: endings.map((each) => each.toUpperCase()).join(" / ") })),
      ...exports.map((each) => h("button", { class: "quiet", "data-do": `export-${each.ending}`, onclick: () => void save(each) }, each.label)),
    ),
    file,
    said,
  );
}
