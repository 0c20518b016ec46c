import { DARK, LIGHT, toDeclarations } from "./palette.ts";

/** The style of an exported report: the pages' colours in both themes, and no external font. */
export const STYLE = `
:root{color-scheme:light dark;${toDeclarations(LIGHT)}}
@media(prefers-color-scheme:dark){:root{${toDeclarations(DARK)}}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:76rem;padding:2rem 1.25rem 4rem;background:var(--ground);color:var(--ink);
font:14px/1.45 Geist,ui-sans-serif,system-ui,sans-serif;font-variant-numeric:tabular-nums}
h1{font-size:1.6rem;font-weight:500;letter-spacing:-.02em;line-height:1.25;margin:0 0 .25rem;overflow-wrap:break-word}
h2{font-size:1.05rem;font-weight:500;margin:2.75rem 0 .5rem}
.dim,.figures dt,.terms dd,th button{color:var(--ink-dim)}
code{font-family:"Geist Mono",ui-monospace,monospace;font-size:.86em}pre{white-space:pre-wrap;font:inherit;max-width:48rem}
.figures{display:flex;flex-wrap:wrap;gap:1rem 2.5rem;margin:1.5rem 0 2rem}.figures dt{font-size:.86rem}
.figures dd{margin:0;font-size:1.6rem;font-weight:500;letter-spacing:-.02em}
[title]:is(dt,th button){text-decoration:underline dotted var(--line-strong);text-underline-offset:3px}
figure{margin:0}svg{display:block;width:100%;height:15rem;border-bottom:1px solid var(--line-strong)}
.feet{display:flex;font-size:.8rem;text-align:center;padding-top:.35rem}.feet span{flex:1 1 0;min-width:0;padding:0 .25rem}
.feet i{font-style:normal;color:var(--ink-dim)}.feet b{display:none;font-weight:500;overflow-wrap:break-word}
.inputs{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(20rem,100%),1fr));gap:.25rem 2.5rem;padding-left:1.6rem;margin:1rem 0 0;font-size:.86rem}
.inputs li{overflow-wrap:break-word;min-width:0;max-width:100%}.inputs li::marker{color:var(--ink-dim)}
.scroll{overflow-x:auto}.scroll:focus-visible,th button:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
table{border-collapse:collapse;min-width:100%;font-size:.93em}th{font-weight:400}
th,td{padding:.35rem .6rem;text-align:left;border-bottom:1px solid var(--line);white-space:nowrap;vertical-align:baseline}
th:first-child,td:first-child{padding-left:0}th:last-child,td:last-child{padding-right:0}
td.long{white-space:normal;min-width:18rem}
td.path{white-space:normal;min-width:16rem;overflow-wrap:anywhere;font:.86em "Geist Mono",ui-monospace,monospace}
th.number,td.number{text-align:right}th button{all:unset;cursor:pointer;color:var(--ink-dim)}
th[aria-sort] button{color:var(--ink)}
th[aria-sort=ascending] button::after{content:" ↑"}th[aria-sort=descending] button::after{content:" ↓"}
.terms{max-width:48rem}.terms dt{font-weight:500}.terms dd{margin:0 0 .6rem}
@media(min-width:48rem){.feet i{display:block}.feet b{display:block}}
@media print{th button::after{content:none}.scroll{overflow:visible}}`;

/** Sorts a table by the column whose button was pressed: by exact values, not by what is shown. No library, no network. */
export const SCRIPT = `
for(const button of document.querySelectorAll("th button"))button.onclick=()=>{
const head=button.parentElement,table=head.closest("table"),body=table.tBodies[0],at=head.cellIndex;
const down=head.getAttribute("aria-sort")!=="descending";
for(const other of head.parentElement.cells)other.removeAttribute("aria-sort");
head.setAttribute("aria-sort",down?"descending":"ascending");
const of=row=>{const v=row.cells[at].dataset.v;return head.dataset.n?Number(v):v};
const rows=[...body.rows].sort((a,b)=>{const x=of(a),y=of(b);return (x<y?-1:x>y?1:0)*(down?-1:1)});
body.append(...rows)};`;

/** The only script that an exported file may run (CSP level 2, 2.2.3): no injected script has this hash. */
export const SCRIPT_HASH = "sha256-2j3pq2kZYvj0E6/hatB978nxuj2uJim8I331lajdfjU=";
