// Looks of the guard's question and of the findings at the bar; both stand on BASE and CARD.

export const GUARD = `
:host([data-seabridge]){position:fixed!important;z-index:2147483000!important;left:var(--x)!important;top:var(--y)!important}
.dialog{width:min(380px,calc(100vw - 16px));max-height:calc(100vh - 16px);overflow:auto;padding:10px 12px;background:var(--face);border:var(--edge);border-inline-start:4px solid var(--warn);border-radius:8px;box-shadow:0 8px 30px rgb(0 0 0/.28)}
.dialog.bad{border-inline-start-color:var(--bad)}
.title{font-weight:600}
.say{margin:3px 0 8px;color:var(--soft);font-size:12px}
.quote{max-height:3.2em;overflow:hidden;overflow-wrap:anywhere;margin:0 0 8px;padding-inline-start:8px;border-inline-start:2px solid var(--line);font-size:12px}
.level::first-letter{text-transform:uppercase}
.cards{display:grid;gap:10px;margin-bottom:10px}
.cards:empty{display:none}
.more{margin:0;font-size:12px;color:var(--soft)}
.row{display:flex;flex-wrap:wrap;gap:8px}
`;

export const FOUND = `
:host([data-seabridge]){margin-top:5px!important}
:host([hidden]){display:none!important}
.head{display:flex;flex-wrap:wrap;gap:4px 6px;align-items:center;border:0;background:none;padding:0;text-align:start;white-space:normal;font-size:12px}
.level::first-letter{text-transform:uppercase}
.head .level{font-size:11px}
.head .first{color:var(--fg);overflow-wrap:anywhere}
.head .open{color:var(--mark)}
.quiet{color:var(--soft)}
.list{display:grid;gap:10px;margin-top:6px;padding:8px;background:var(--face);border:var(--edge);border-radius:6px;max-height:min(38vh,300px);overflow:auto}
.list .apart{border-top:var(--edge);padding-top:8px;color:var(--soft);font-size:12px}
.waived{opacity:.75}
`;
