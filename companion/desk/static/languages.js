// Offline languages: which are there, installing with progress, taking them away.

import { call } from "./api.js";
import { h, icon, repeat, twice } from "./dom.js";
import { say } from "./notice.js";
import { language, size, sorry, t, when } from "./texts.js";

/** The packages that lead from one language to another, by way of English where there is no direct one. */
function route(packages, source, target) {
  const find = (from, to) => packages.find((one) => one.source === from && one.target === to);
  const direct = find(source, target);
  if (direct) return [direct];
  const [there, on] = [find(source, "en"), find("en", target)];
  return there && on ? [there, on] : null;
}

/** What a seller gets for one other language: both directions, and what is still to be fetched. */
function offer(packages, other, own) {
  const ways = [route(packages, other, own), route(packages, own, other)];
  if (ways.some((way) => way === null)) return null;
  const whole = ways.map((way) => way.every((one) => one.installed));
  const needed = [...new Set(ways.flat())].filter((one) => !one.installed);
  return {
    other,
    state: whole.every(Boolean) ? "installed" : whole.some(Boolean) ? "partly" : "missing",
    bytes: needed.reduce((sum, one) => sum + one.size, 0),
    via: ways.some((way) => way.length > 1),
    steps: [[other, own], [own, other]].filter((_, index) => !whole[index]),
  };
}

function stage(state) {
  const { progress } = state;
  if (!progress) return t("dash_languages_stage_start");
  return t(`dash_languages_stage_${progress.stage}`, { source: language(progress.package.source), target: language(progress.package.target) });
}

export async function languages(signal) {
  const place = h("div", {});
  let own = "zh";
  let queue = [];
  let watching = false;
  let starting = false;
  let begun = 0;

  const running = h("section", { class: "card progress", hidden: true });
  const bar = h("progress", { max: 1 });
  const label = h("p", { role: "status" });
  const detail = h("span", { class: "soft" });
  const cancel = h("button", { type: "button", class: "quiet", onclick: () => { queue = []; call("languages.install_cancel").catch((error) => say(sorry(error), true)); } }, t("dash_languages_cancel"));
  running.append(h("div", { class: "head" }, label, cancel), bar, detail);

  const follow = (state) => {
    running.hidden = state.state !== "running";
    if (running.hidden) return;
    if (label.textContent !== stage(state)) label.textContent = stage(state);
    const { done = 0, total = 0 } = state.progress ?? {};
    if (total) bar.value = done / total;
    else bar.removeAttribute("value");
    detail.textContent = total ? `${size(done)} / ${size(total)}` : "";
  };

  /** Not while one runs: a second press would only be told that the companion is busy. */
  const pressable = (may) => {
    for (const button of place.querySelectorAll("[data-install]")) button.disabled = !may;
  };

  const begin = async (steps) => {
    queue = steps.slice(1);
    starting = true;
    begun += 1;
    pressable(false);
    try {
      follow(await call("languages.install_start", { source: steps[0][0], target: steps[0][1] }));
      watching = true;
    } catch (error) {
      pressable(true);
      say(sorry(error), true);
    } finally {
      starting = false;
    }
  };

  const row = (one) => {
    const text = { installed: "dash_languages_installed", partly: "dash_languages_partly", missing: "dash_languages_missing" }[one.state];
    const notes = [t(text), one.steps.length > 0 && one.bytes > 0 && t("dash_languages_size", { size: size(one.bytes) }), one.via && t("dash_languages_via")];
    return h("li", {}, h("span", { class: `badge ${one.state}` }, icon(one.state === "installed" ? "ok" : "languages")),
      h("div", { class: "grow" }, h("p", { class: "strong" }, language(one.other)), h("p", { class: "soft" }, notes.filter(Boolean).join(" · "))),
      one.steps.length > 0 && h("button", { type: "button", "data-install": true, "aria-label": `${t("dash_languages_install")} ${language(one.other)}`, onclick: () => begin(one.steps) },
        t(one.state === "partly" ? "dash_languages_complete" : "dash_languages_install")));
  };

  const packageRow = (one) => {
    const remove = async () => {
      try {
        await call("languages.remove", { source: one.source, target: one.target });
        say(t("dash_languages_removed"));
        await fill();
      } catch (error) {
        say(sorry(error), true);
      }
    };
    return h("li", {}, h("div", { class: "grow" }, h("p", {}, t("dash_languages_package", { source: language(one.source), target: language(one.target) })),
      h("p", { class: "soft small" }, [size(one.size), `${one.engine} ${one.version}`, one.checksum && t(`dash_languages_${one.checksum}`)].filter(Boolean).join(" · "))),
      twice(t("dash_languages_remove"), t("dash_languages_remove_sure"), remove));
  };

  const fill = async (refresh = false) => {
    const [found, settings] = await Promise.all([call("languages.list", { refresh }), call("settings.get")]);
    own = settings.seller_language;
    const codes = [...new Set(found.packages.flatMap((one) => [one.source, one.target]))].filter((code) => code !== own);
    const offers = codes.map((code) => offer(found.packages, code, own)).filter(Boolean)
      .sort((a, b) => (a.state === "missing") - (b.state === "missing") || language(a.other).localeCompare(language(b.other)));
    const installed = found.packages.filter((one) => one.installed);
    const again = h("button", { type: "button", class: "quiet" }, t("dash_languages_refresh"));
    again.addEventListener("click", async () => {
      again.disabled = true;
      await fill(true).catch((error) => say(sorry(error), true));
      again.disabled = false;
    });
    const note = found.index_error ? sorry({ code: found.index_error }) : found.index_at ? t("dash_languages_at", { date: when(found.index_at) }) : t("dash_languages_never");
    place.replaceChildren(
      h("section", { class: "card" }, h("div", { class: "head" }, h("h2", {}, t("dash_languages_yours", { language: language(own) })), again),
        h("p", { class: found.index_error ? "warned" : "soft" }, note), offers.length > 0 && h("ul", { class: "rows" }, offers.map(row))),
      ...(installed.length ? [h("details", { class: "card" }, h("summary", {}, t("dash_languages_packages")), h("ul", { class: "rows" }, installed.map(packageRow)))] : []),
      h("p", { class: "soft" }, t("dash_languages_file")));
    pressable(!starting && !watching);
  };

  await fill();
  repeat(async () => {
    const before = begun;
    const state = await call("languages.install_state").catch(() => null);
    if (!state || signal.aborted) return;
    // asked before this installation began, it tells how the one before it ended
    if (starting || begun !== before) return;
    follow(state);
    if (state.state === "running") {
      watching = true;
      pressable(false);
    } else if (watching) {
      watching = false;
      if (state.state === "failed") say(sorry(state.error), state.error.code !== "cancelled");
      else if (queue.length) return void begin(queue);
      else say(t("dash_languages_done"));
      await fill().catch(() => {});
    }
  }, 600, signal);
  return [h("h1", { tabindex: "-1" }, t("dash_languages")), h("p", { class: "lead" }, t("dash_languages_lead")), running, place];
}
