// Look of the panel and of the marks over the page.

export const LOOKS = `
:host([data-seabridge]){position:fixed!important;inset:0!important;z-index:2147483646!important;pointer-events:none!important;background:none!important}
.veil{position:fixed;inset:0;pointer-events:auto;cursor:crosshair;background:transparent}
.box{position:fixed;pointer-events:none;border-radius:3px}
.box.hover{outline:2px dashed #0b6bcb;background:rgb(11 107 203/.12)}
.box.chosen{outline:3px solid #0b6bcb;background:rgb(11 107 203/.14)}
.box.buyer{outline:2px solid #c2410c}
.box.seller{outline:2px solid #15803d}
.box.like{outline:2px solid #7c3aed}
.panel{position:fixed;pointer-events:auto;width:min(340px,calc(100vw - 24px));max-height:calc(100vh - 24px);overflow:auto;padding:10px 12px;background:var(--face);color:var(--fg);border:var(--edge);border-top:4px solid var(--mark);border-radius:10px;box-shadow:0 8px 30px rgb(0 0 0/.28)}
.c0{top:12px;right:12px}.c1{bottom:12px;right:12px}.c2{bottom:12px;left:12px}.c3{top:12px;left:12px}
header{display:flex;gap:6px;align-items:center;margin-bottom:6px}
h2{font-size:14px;margin:0;flex:1}
h3{font-size:14px;margin:0 0 2px}
p{margin:2px 0 6px}
.soft{color:var(--soft);font-size:12px}
.warn{color:var(--warn);background:var(--warnface);border-radius:6px;padding:4px 8px;font-size:12px}
/* the line is there before it says something: buttons must not move away under the pointer */
.count{font-weight:600;min-height:1.5em}
.quote{max-height:4.4em;overflow:hidden;overflow-wrap:anywhere;border-inline-start:2px solid var(--line);padding-inline-start:8px;margin:4px 0;font-size:12px}
.row{display:flex;flex-wrap:wrap;gap:6px;margin-top:8px}
.small{padding:2px 8px;font-size:12px}
ol,ul{margin:4px 0;padding-inline-start:18px;font-size:12px;max-height:34vh;overflow:auto}
li{overflow-wrap:anywhere;margin:2px 0}
li b{color:var(--soft);font-weight:600}
.known{list-style:none;padding:0}
.known li{display:flex;justify-content:space-between;gap:12px;padding:2px 0;border-bottom:1px solid var(--line)}
.known .found span{color:var(--soft)}
.known .lost span,.known .alike span{color:var(--warn);text-align:end}
dl{display:grid;grid-template-columns:auto 1fr;gap:2px 8px;font-size:12px;margin:4px 0}
dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
code{font-size:11px;overflow-wrap:anywhere}
`;
