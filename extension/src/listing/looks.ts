// How the sheet looks: a column at one side of the window, as high as it, and the whole width of a narrow one.

export const LOOKS = `
:host([data-seabridge]){position:fixed!important;z-index:2147483000!important;inset:0!important;pointer-events:none!important}
.sheet{pointer-events:auto;position:absolute;top:0;bottom:0;right:0;width:min(660px,56vw);min-width:min(360px,100vw);display:flex;flex-direction:column;gap:8px;padding:12px 14px;background:var(--face);border-left:var(--edge);box-shadow:-8px 0 30px rgb(0 0 0/.18)}
.sheet.left{right:auto;left:0;border-left:0;border-right:var(--edge);box-shadow:8px 0 30px rgb(0 0 0/.18)}
header{display:flex;align-items:center;gap:4px}
h2{margin:0;flex:1;font-size:15px}
h3{margin:0;font-size:13px;min-width:0;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
p{margin:0}
.x{border:0;background:none;padding:4px 8px}
[aria-busy=true]>.row>button{opacity:.5}
.modes{display:flex}
.modes button{flex:1;border-radius:0;white-space:normal}
.modes button:first-child{border-radius:6px 0 0 6px}
.modes button:last-child{border-radius:0 6px 6px 0;border-inline-start:0}
.modes [aria-pressed=true]{background:var(--tint);border-color:var(--mark);color:var(--mark);font-weight:600}
.languages,.row{display:flex;flex-wrap:wrap;gap:8px;align-items:center}
.languages select{flex:1;min-width:0;height:30px;border:var(--edge);border-radius:6px;background:var(--face);padding:0 4px}
.list{flex:1;min-height:0;overflow:auto;display:flex;flex-direction:column;gap:10px;padding-block:2px}
.field{flex:none;display:grid;gap:6px;border:var(--edge);border-radius:8px;padding:8px 10px}
.top{display:flex;align-items:center;gap:8px}
.top h3{flex:1}
.count{color:var(--soft);font-size:12px;white-space:nowrap}
.over{color:var(--warn);font-weight:600}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:10px}
.side{display:grid;gap:6px;align-content:start;min-width:0}
.label{color:var(--soft);font-size:11px;margin-bottom:-3px}
.was,.back{display:grid;gap:6px}
.languages .own{flex:1}
.text{white-space:pre-wrap;overflow-wrap:anywhere;max-height:240px;overflow:auto}
.back{border-inline-start:2px solid var(--line);padding-inline-start:8px}
textarea{width:100%;resize:vertical;border:var(--edge);border-radius:6px;background:var(--face);padding:6px 8px;line-height:1.45}
.said{display:grid;gap:4px}
.said:empty,.row:empty,.side:empty{display:none}
.soft,.small{color:var(--soft)}
.small{font-size:12px}
.doubt,.bad{color:var(--warn);background:var(--warnface);border-radius:6px;padding:3px 8px;font-size:12px}
.good{font-size:12px;font-weight:600;color:var(--mark)}
@media (max-width:720px){[part=side]{display:none}.sheet,.sheet.left{width:100vw}.pair{grid-template-columns:1fr}}
`;
