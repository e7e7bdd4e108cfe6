// How the marks, the card beside them and the list of all findings look.

import { CARD } from "./card";

/** Levels differ by the kind of their line as well as by colour. */
export const LOOKS = `
:host([data-seabridge]){position:fixed!important;inset:0!important;z-index:2147482000!important;pointer-events:none!important}
@media print{:host([data-seabridge]){display:none!important}}
${CARD}
.mirrors{position:absolute;left:0;top:0;width:0;height:0;overflow:hidden;visibility:hidden;contain:strict}
.mirror{position:absolute;left:0;top:0}
.mirror div:not(:first-child){text-indent:0}
.layer{position:absolute;overflow:hidden;contain:strict}
.layer i{position:absolute;border-bottom:2px solid var(--tone)}
.layer .warning{border-bottom-style:dashed}
.layer .suggestion{border-bottom-style:dotted}
.count{position:absolute;pointer-events:auto;min-width:20px;height:20px;padding:0 5px;border:0;border-radius:10px;background:var(--tone);color:var(--face);font-size:11px;font-weight:700;line-height:20px;text-align:center}
.card{position:absolute;pointer-events:auto;display:grid;gap:12px;width:min(360px,calc(100vw - 16px));max-height:min(420px,calc(100vh - 16px));overflow:auto;padding:10px 12px;border:var(--edge);border-radius:8px;background:var(--face);box-shadow:0 8px 30px rgb(0 0 0/.28)}
.chip{position:absolute;right:16px;bottom:16px;pointer-events:auto;display:flex;gap:8px;align-items:center;border-radius:16px;padding:4px 12px;box-shadow:0 2px 10px rgb(0 0 0/.18)}
.chip b{color:var(--tone)}
.panel{position:absolute;top:0;bottom:0;right:0;width:min(380px,100vw);pointer-events:auto;display:flex;flex-direction:column;gap:10px;padding:12px 14px;background:var(--face);border-left:var(--edge);box-shadow:-8px 0 30px rgb(0 0 0/.18)}
.panel.left{right:auto;left:0;border-left:0;border-right:var(--edge);box-shadow:8px 0 30px rgb(0 0 0/.18)}
.panel header{display:flex;align-items:center;gap:4px}
.panel h2{margin:0;flex:1;font-size:15px}
.panel h3,.panel summary{margin:0;font-size:13px;font-weight:600}
.panel summary{cursor:pointer}
.panel h3::first-letter,.level::first-letter{text-transform:uppercase}
.panel p{margin:0}
.x{border:0;background:none;padding:4px 8px}
.list{flex:1;min-height:0;overflow:auto;display:flex;flex-direction:column;gap:14px;padding-block:2px}
.group{display:grid;gap:12px}
.group>div{display:grid;gap:4px}
.where-at{justify-self:start;border:0;background:none;padding:0;color:var(--mark);font-size:12px;text-align:start;text-decoration:underline;white-space:normal}
.small,.soft{color:var(--soft);font-size:12px}
.doubt{color:var(--warn);background:var(--warnface);border-radius:6px;padding:3px 8px;font-size:12px}
@media (max-width:720px){[part=side]{display:none}.panel,.panel.left{width:100vw}}
@media (forced-colors:active){.layer i{border-color:Highlight}.count,.chip,.card,.panel{border:1px solid CanvasText}}
`;
