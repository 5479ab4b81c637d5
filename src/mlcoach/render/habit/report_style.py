"""The style sheet of the page: colours by meaning for light and dark, and how it prints on A4."""

# Text has a contrast of 4.5 or more against its background, marks of charts 3 or more, in either scheme.
STYLE = """
:root{--back:#fff;--ink:#1c2126;--soft:#545d66;--rule:#d5dade;--none:#e4e8eb;--good:#116b3a;--half:#3f9d66;
--cold:#2f6fb0;--warm:#a04d00;--t0:#1f5fa6;--t1:#c2571a;--t2:#1c7c54;--t3:#8a3fa0;--t4:#a8324a;--t5:#5f6b00;--t9:#68737d;
--band:#f4f6f7;--line:#b4bec6;--faded:#d9a441;--r1:#e0f1e7;--r2:#c2e3cf;--r3:#a2d3b6;--r4:#7cc09a}
@media screen and (prefers-color-scheme:dark){:root{
--back:#14181c;--ink:#e8ecef;--soft:#aab4bd;--rule:#39424a;--none:#2a3138;
--good:#58c98a;--half:#2f8a58;--cold:#6fb1f0;--warm:#f0a35c;--t0:#7ab4f5;--t1:#f09a5e;--t2:#5fcf9b;--t3:#cf95e3;
--t4:#f08a9c;--t5:#c6d05a;--t9:#96a2ad;
--band:#1a1f24;--line:#4b5761;--faded:#a87a2a;--r1:#182c23;--r2:#1d3c2e;--r3:#23503a;--r4:#296749}}
*{box-sizing:border-box}
body{margin:0 auto;padding:1rem;max-width:92rem;background:var(--back);color:var(--ink);
font:1rem/1.5 system-ui,sans-serif}
h1{font-size:1.1rem;font-weight:500;color:var(--soft);margin:.25rem 0 .75rem}
h2{font-size:1.15rem;margin:0 0 .5rem}
dl{display:flex;flex-wrap:wrap;gap:.5rem 2rem;margin:0}dt{color:var(--soft);font-size:.85rem}
dd{margin:0;font-weight:600}
.top{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:.75rem 2rem}
.top dd{font-weight:400;color:var(--soft);max-width:17rem}
.top b{display:block;font-size:clamp(1.6rem,5vw,2.25rem);line-height:1.2;color:var(--ink)}
header>svg.bar{max-width:none;height:.7rem;margin:.75rem 0 1rem}
main{columns:26rem 2;column-gap:3rem}main>section{break-inside:avoid;padding-top:2rem}.whole{column-span:all}
svg{display:block;width:100%;height:auto;max-width:45rem}svg text{fill:var(--soft);font-size:12px}
@media (max-width:75rem){svg text{font-size:16px}}
@media (max-width:57rem){svg text{font-size:12px}}
@media (max-width:40rem){svg text{font-size:20px}}
svg.heat{max-width:none;min-width:44rem;direction:ltr}svg.heat text{font-size:11px}
@media (min-width:70rem){svg.heat text{font-size:7px}}
.past{direction:rtl}.before{stroke:var(--none);stroke-width:11;stroke-dasharray:11 2;opacity:.5}
.h rect{width:11px;height:11px}
svg.square{max-width:20rem}svg.square text{font-size:12px}
svg.map{max-width:none;min-width:72rem;margin:0 auto}svg.map text{font-size:10.5px;fill:var(--ink)}
.map .b{fill:var(--band)}svg.map .t{fill:var(--soft);font-size:12px;font-weight:600}
.map path{fill:none;stroke:var(--line);stroke-width:1.2}
.map a rect{height:19px;rx:4px;fill:var(--back);stroke:var(--soft)}
.map .l rect,.map .s rect{stroke:var(--line)}.map .s rect,.map .y rect{stroke-dasharray:4 3}
svg.map .l text,svg.map .s text{fill:var(--soft)}
.map .p rect{stroke:var(--good)}.map .m rect{stroke:var(--good);stroke-width:2.5}.map .y rect{stroke:var(--warm)}
.map .n rect{stroke:var(--cold);stroke-width:2}svg.map .o text{font-style:italic}
.map .r1 rect,.k1{fill:var(--r1);background:var(--r1)}.map .r2 rect,.k2{fill:var(--r2);background:var(--r2)}
.map .r3 rect,.k3{fill:var(--r3);background:var(--r3)}.map .r4 rect,.k4{fill:var(--r4);background:var(--r4)}
.map a:hover rect,.map a:focus-visible rect{stroke:var(--ink);stroke-width:2.5;stroke-dasharray:none}
.map a:focus{outline:none}.map g:hover path,.map g:focus-within path{stroke:var(--ink);stroke-width:2}
.map:has(g:hover) g:not(:hover) path,.map:has(g:focus-within) g:not(:focus-within) path{opacity:.3}
tr:target{background:var(--band)}.s-faded{fill:var(--faded);background:var(--faded)}
svg.bar{height:.6rem;min-width:5rem}
.s-goal{fill:var(--good);background:var(--good)}.s-kept{fill:var(--half);background:var(--half)}
.s-frozen{fill:var(--cold);background:var(--cold)}.s-rest{fill:var(--warm);background:var(--warm)}
.s-missed,.s-open{fill:var(--none);background:var(--none)}
.t0{fill:var(--t0);background:var(--t0)}.t1{fill:var(--t1);background:var(--t1)}
.t2{fill:var(--t2);background:var(--t2)}.t3{fill:var(--t3);background:var(--t3)}
.t4{fill:var(--t4);background:var(--t4)}.t5{fill:var(--t5);background:var(--t5)}
.t-rest{fill:var(--t9);background:var(--t9)}
.rule{stroke:var(--rule)}.wanted{stroke:var(--warm);stroke-dasharray:5 4}
.curve{fill:none;stroke:var(--cold);stroke-width:1.5}.dot{fill:var(--cold)}.dots{stroke:var(--cold);stroke-width:6;stroke-linecap:round}
.k-dot{background:var(--cold)}.k-wanted{background:var(--warm)}
.legend{display:flex;flex-wrap:wrap;gap:.25rem 1rem;padding:0;margin:.25rem 0;list-style:none;color:var(--soft);
font-size:.85rem}
.key{display:inline-block;width:.8em;height:.8em;margin-right:.4em;border:1px solid var(--soft)}
table{border-collapse:collapse;min-width:16rem;width:100%;max-width:45rem;font-size:.9rem;
font-variant-numeric:tabular-nums}
div.scroll+div.scroll{margin-top:1rem}caption{text-align:left;color:var(--soft);padding:.25rem 0}
details caption{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
th,td{text-align:left;padding:.2rem .8rem .2rem 0;border-bottom:1px solid var(--rule);vertical-align:top}
th{font-weight:500}thead th{color:var(--soft);vertical-align:bottom}
.num :is(td,thead th+th){text-align:right;padding-right:.4rem}section:not(.map-page) td{white-space:nowrap}
.num thead .wide{text-align:left}td.wide{width:40%;vertical-align:middle}section p{margin:0 0 .5rem}
.scroll{overflow-x:auto}.scroll:focus-visible,summary:focus-visible{outline:2px solid var(--cold);outline-offset:2px}
details{margin:.5rem 0}summary{cursor:pointer;color:var(--soft)}
section .more{color:var(--soft);font-size:.85rem;margin:.25rem 0}
@media (max-width:40rem){section[aria-labelledby=progress] :is(td,th):last-child{display:none}td.wide{width:20%}}
footer{margin-top:2rem;color:var(--soft);font-size:.85rem}
@page{size:A4;margin:12mm}@page map{size:A4 landscape;margin:8mm}
@media print{html{font-size:9pt}body{padding:0;max-width:none}h2{break-after:avoid;font-size:1.1rem}
header,.map-page{page:map}.map-page h2,header>dl:not(.top){display:none}h1{font-size:1.2rem;margin:0}
.top{display:flex;gap:0 2rem}.top b{display:inline;font-size:1.2rem}.top dd{max-width:none}
header>svg.bar{margin:.3rem 0}main{columns:2;column-gap:8mm}main>section{padding-top:4mm}
svg.map{min-width:0;max-height:158mm}.map-page{padding:0!important}
svg text{font-size:17px}svg.heat{min-width:0}svg.heat text{font-size:10px}svg.square{max-width:36mm}
svg.square text{font-size:22px}
table{font-size:.85rem;min-width:0}td.wide{width:25%}th,td{padding-top:.5px;padding-bottom:.5px}
section[aria-labelledby=progress] :is(td,th):last-child,#calibration+p,footer{display:none}
section[aria-labelledby=forecast],tbody tr:nth-child(n+9){display:none}
section[aria-labelledby=progress] tr{display:table-row!important}
.scroll{overflow:visible}.legend,.more{margin:.1rem 0}
svg,tr{break-inside:avoid}details{display:none}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
"""
