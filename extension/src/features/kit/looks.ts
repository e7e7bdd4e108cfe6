// Looks of everything Seabridge draws into a page. Colours come in two sets, chosen by the page's own background.

/** `--sb-*` for `.light` and `.dark`; system fonts only, since a page may forbid others. */
export const BASE = `
:host{all:initial!important}
:host([data-seabridge]){display:block!important;text-align:start!important}
:host([hidden]){display:none!important}
*{box-sizing:border-box}
.sb{--edge:1px solid var(--line);font:13px/1.45 system-ui,-apple-system,"Segoe UI","Microsoft YaHei","PingFang SC","Noto Sans CJK SC",sans-serif;color:var(--fg);text-align:start;letter-spacing:normal;-webkit-text-size-adjust:100%}
.light{--fg:#17324d;--soft:#52677c;--line:#c9d6e2;--face:#fff;--tint:#eef5fb;--mark:#0b6bcb;--onmark:#fff;--warn:#8a4b00;--warnface:#fff4e0;color-scheme:light}
.dark{--fg:#e6eef6;--soft:#a3b4c5;--line:#44566a;--face:#1c2733;--tint:#243342;--mark:#58a6ff;--onmark:#08131f;--warn:#ffc46b;--warnface:#3a2c12;color-scheme:dark}
button,select,textarea{font:inherit;color:inherit;letter-spacing:normal}
button{cursor:pointer;border:var(--edge);border-radius:6px;background:var(--face);padding:3px 10px;white-space:nowrap}
button:disabled{opacity:.5;cursor:default}
button.go{background:var(--mark);border-color:var(--mark);color:var(--onmark)}
:focus-visible{outline:2px solid var(--mark);outline-offset:1px}
.wait,.help{color:var(--soft)}
.help{font-size:12px;display:flex;flex-wrap:wrap;gap:6px;align-items:center}
progress{width:90px;height:6px;accent-color:var(--mark)}
[hidden]{display:none!important}
@media (forced-colors:active){button{border:1px solid ButtonText}}
`;

/**
 * In the flow of the page. At rest nothing here is positioned, contained or see-through: each such thing is a layer of its
 * own to the browser, and three of them a bubble tripled the time of a frame in a conversation of 500 messages.
 */
export const BUBBLE = `
:host([data-seabridge]){flex:none!important;max-width:100%!important}
.box{margin:3px 0 1px;padding:1px 0 1px 8px;border-inline-start:3px solid var(--mark);max-width:100%;width:fit-content}
.text{white-space:pre-wrap;overflow-wrap:anywhere;outline-offset:2px;border-radius:2px;cursor:default}
.notes{display:inline;font-size:11px;color:var(--warn)}
.notes span{margin-inline-end:6px;background:var(--warnface);border-radius:4px;padding:0 4px}
p{margin:0 0 3px;color:var(--warn)}
.engine{display:none;position:absolute;z-index:2147483000;inset-inline-start:0;top:100%;font-size:11px;color:var(--soft);background:var(--face);border:var(--edge);border-radius:6px;padding:2px 7px;width:max-content;max-width:260px;pointer-events:none}
.box:hover,.box:focus-within{position:relative}
.box:hover .engine,.box:focus-within .engine{display:block}
`;

/**
 * Over the free side of a row that may not grow: its own size is the row's business. Positions come as custom
 * properties, the only inline style that \`all\` leaves alone.
 */
export const BESIDE = `
:host([data-seabridge]){position:absolute!important;left:var(--x)!important;top:var(--y)!important;width:var(--w)!important;max-width:var(--m)!important;height:var(--h)!important;z-index:1!important;contain:layout style}
.box{display:flex;align-items:flex-start;gap:4px;width:fit-content;max-width:100%;max-height:100%;overflow:hidden;padding:1px 7px;border-inline-start:3px solid var(--mark);background:color-mix(in srgb,var(--face) 88%,transparent);border-radius:0 6px 6px 0}
.text{flex:1 1 auto;min-width:min(100%,6em);display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:var(--lines,2);overflow:hidden;white-space:pre-wrap;overflow-wrap:anywhere;cursor:default;outline-offset:-2px}
.chip .box{border-inline-start-width:0;border-radius:9px;border:var(--edge);padding:0 7px;background:var(--face);cursor:pointer}
.chip .text{display:block;white-space:nowrap;text-overflow:ellipsis;font-size:11px;line-height:16px;cursor:pointer}
.chip .notes,.chip .help{display:none}
.chip .doubtful{border-color:var(--warn)}
.notes{flex:0 999 auto;min-width:1.6em;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;font-size:11px;color:var(--warn)}
.notes span{background:var(--warnface);border-radius:4px;padding:0 4px;white-space:nowrap}
progress{width:70px}
.full{position:fixed;inset:auto;margin:0;max-width:min(320px,calc(100vw - 16px));max-height:50vh;overflow:auto;padding:8px 10px;border:var(--edge);border-radius:8px;background:var(--face);color:var(--fg);box-shadow:0 6px 24px rgb(0 0 0/.22)}
.full p{margin:0 0 3px;color:var(--warn)}
.full .words{white-space:pre-wrap;overflow-wrap:anywhere}
.engine{font-size:11px;color:var(--soft);margin-top:4px}
`;

export const BAR = `
:host([data-seabridge]){position:relative!important;flex:none!important;align-self:stretch!important;min-width:0!important;max-width:100%!important}
:host([data-seabridge].over){position:fixed!important;z-index:2147482000!important;left:var(--x)!important;bottom:var(--y)!important;width:var(--w)!important}
.bar{padding:6px 8px;background:var(--tint);border-block:var(--edge)}
:host(.over) .bar{border:var(--edge);border-radius:8px;box-shadow:0 4px 18px rgb(0 0 0/.2)}
.line{display:flex;gap:6px;align-items:flex-end;min-width:0}
textarea{flex:1 1 auto;min-width:0;resize:none;height:30px;max-height:96px;padding:4px 8px;border:var(--edge);border-radius:6px;background:var(--face);line-height:20px}
select{flex:0 1 auto;min-width:0;max-width:12em;height:30px;border:var(--edge);border-radius:6px;background:var(--face);padding:0 4px}
.go{flex:none;height:30px}
.out{margin-top:5px;padding:5px 8px;background:var(--face);border:var(--edge);border-radius:6px;max-height:26vh;overflow:auto}
.target{white-space:pre-wrap;overflow-wrap:anywhere;font-size:14px}
.back{color:var(--soft);white-space:pre-wrap;overflow-wrap:anywhere;font-size:12px;margin-top:2px}
.meta{display:flex;flex-wrap:wrap;gap:2px 10px;font-size:11px;color:var(--soft);margin-top:3px;align-items:center}
.meta .doubt{color:var(--warn);background:var(--warnface);border-radius:4px;padding:0 5px}
.count{margin-inline-start:auto;font-variant-numeric:tabular-nums}
.count.over{color:var(--warn);font-weight:600}
.note{display:flex;flex-wrap:wrap;gap:4px 8px;align-items:center;font-size:12px;color:var(--soft);margin-top:4px}
.note.warn{color:var(--warn)}
.away .note{margin-top:0}
@container (max-width:430px){.line{flex-wrap:wrap}textarea{flex-basis:100%}select{flex:1 1 0;max-width:none}}
.bar{container-type:inline-size}
`;

