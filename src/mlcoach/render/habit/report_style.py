"""The style sheet of the page: colours by meaning for light and dark, and how it prints on A4."""

# Text has a contrast of 4.5 or more against its background, marks of charts 3 or more, in either scheme.
STYLE = """
:root{--back:#fff;--ink:#1c2126;--soft:#545d66;--rule:#d5dade;--none:#e4e8eb;--good:#116b3a;--half:#3f9d66;
--cold:#2f6fb0;--ice:#7550a8;--warm:#a04d00;--t0:#1f5fa6;--t9:#7d8790;
--band:#f4f6f7;--line:#b4bec6;--edge:#8a949c;--faded:#d9a441;--r1:#e0f1e7;--r2:#b4dcc4;--r3:#7cc09a;--r3i:#1c2126}
@media screen and (prefers-color-scheme:dark){:root{
--back:#14181c;--ink:#e8ecef;--soft:#aab4bd;--rule:#39424a;--none:#2a3138;
--good:#58c98a;--half:#3f9d66;--cold:#6fb1f0;--ice:#b795e8;--warm:#f0a35c;--t0:#7ab4f5;--t9:#8d98a3;
--band:#1a1f24;--line:#4b5761;--edge:#77838e;--faded:#a87a2a;--r1:#1c3a2b;--r2:#25683f;--r3:#58c98a;--r3i:#0c1410}}
*{box-sizing:border-box}
body{margin:0 auto;padding:1rem;max-width:92rem;background:var(--back);color:var(--ink);
font:1rem/1.5 system-ui,sans-serif}
h1{font-size:1.1rem;font-weight:500;color:var(--soft);margin:.25rem 0 .75rem}
h2{font-size:1.15rem;margin:0 0 .5rem}
dl{display:flex;flex-wrap:wrap;gap:.5rem 2rem;margin:0}dt{color:var(--soft);font-size:.85rem}
dd{margin:0;font-weight:600}
.top{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:.75rem 2rem;margin-bottom:.75rem}
.top dd{font-weight:400;color:var(--soft);max-width:17rem}
.top b{display:block;font-size:clamp(1.6rem,5vw,2.25rem);line-height:1.2;color:var(--ink)}
.top b.range{font-size:1.35rem;line-height:1.3}
.range span,.dated td:last-child{white-space:nowrap}
header>svg.bar{max-width:none;height:.7rem;margin:0}.parts{flex-wrap:nowrap;gap:.25rem .75rem;margin-bottom:.75rem}
.parts li{white-space:nowrap;min-width:0}
.do{list-style:none;padding:.5rem .75rem;margin:.75rem 0 0;background:var(--band);border-left:3px solid var(--good)}
.do b{margin-right:.4rem}code{font-size:.95em}
.columns{columns:26rem 2;column-gap:3rem}section{break-inside:avoid;padding-top:2rem}
svg{display:block;width:100%;height:auto;max-width:45rem}svg text{fill:var(--soft);font-size:12px}
@media (max-width:75rem){svg text{font-size:16px}}
@media (max-width:57rem){svg text{font-size:12px}}
@media (max-width:40rem){svg text{font-size:20px}}
.halves{display:flex;flex-wrap:wrap;gap:.5rem 1rem}.halves svg{flex:1 1 20rem}svg.heat text{font-size:11px}
@media (min-width:70rem){svg.heat text{font-size:8px}}
.before{stroke:var(--none);stroke-width:11;stroke-dasharray:11 2;opacity:.5}.s-before{fill:var(--none);opacity:.5}
.h rect{width:11px;height:11px}.g-half{fill:var(--none)}
.g-dot,.g-dash{stroke:var(--back);stroke-width:5;stroke-linecap:round}
.g-dash{stroke-width:2}.heat path{pointer-events:none}
svg.square{max-width:22rem}svg.square text{font-size:14px}
@media (max-width:57rem){.picture{display:none}}
svg.map{max-width:86rem;margin:0 auto}svg.map text{font-size:12.5px;fill:var(--ink)}
.map .b{fill:var(--band)}svg.map .t{fill:var(--soft);font-size:13px;font-weight:600}
.map path{fill:none;stroke:var(--line);stroke-width:1.2}
.map a rect{height:19px;rx:4px;fill:var(--back);stroke:var(--soft)}
.map .l rect,.map .s rect{stroke:var(--edge)}.map .s rect,.map .y rect{stroke-dasharray:4 3}
svg.map .l text,svg.map .s text{fill:var(--soft)}
.map .p rect{stroke:var(--good)}.map .m rect{stroke:var(--good);stroke-width:2.5}.map .y rect{stroke:var(--warm)}
.map .n rect{stroke:var(--ink);stroke-width:2.5}svg.map .o text{font-style:italic}
.map .r1 rect,.k1{fill:var(--r1);background:var(--r1)}.map .r2 rect,.k2{fill:var(--r2);background:var(--r2)}
.map .r3 rect,.k3{fill:var(--r3);background:var(--r3)}svg.map .r3 text{fill:var(--r3i)}
.map a:hover rect,.map a:focus-visible rect{stroke:var(--ink);stroke-width:2.5;stroke-dasharray:none}
.map a:focus{outline:none}.map g:hover path,.map g:focus-within path{stroke:var(--ink);stroke-width:2}
.map:has(g:hover) g:not(:hover) path,.map:has(g:focus-within) g:not(:focus-within) path{opacity:.3}
.tracks{display:block;columns:20rem 3;column-gap:2rem;margin-top:.5rem}
.tracks div{break-inside:avoid;margin-bottom:.6rem}
.tracks dt{font-weight:600}.tracks dd{font-weight:400;font-size:.9rem;line-height:1.4}
.tracks b{font-weight:500;color:var(--soft)}
tr:target{background:var(--band)}.s-faded{fill:var(--faded);background:var(--faded)}
svg.bar{height:.6rem;min-width:4rem}
.s-goal,.s-held{fill:var(--good);background:var(--good)}.s-kept{fill:var(--half);background:var(--half)}
.s-frozen{fill:var(--ice);background:var(--ice)}.s-rest{fill:var(--warm);background:var(--warm)}
.s-missed,.s-open{fill:var(--none);background:var(--none)}
.key.s-kept{background:linear-gradient(var(--none) 50%,var(--half) 50%)}
.key.s-frozen{background:radial-gradient(var(--back) 30%,var(--ice) 36%)}
.key.s-rest{background:linear-gradient(var(--warm) 40%,var(--back) 40%,var(--back) 60%,var(--warm) 60%)}
.t0{fill:var(--t0);background:var(--t0)}.t-rest{fill:var(--t9);background:var(--t9)}
.rule{stroke:var(--rule)}.wanted{stroke:var(--soft);stroke-dasharray:5 4}
.curve{fill:none;stroke:var(--t0);stroke-width:1.5}.dot{fill:var(--t0)}
.dots{stroke:var(--t0);stroke-width:6;stroke-linecap:round}
.k-dot{background:var(--t0);border-radius:50%}
.key.k-wanted{border:0;border-top:2px dashed var(--soft);width:1.4em;height:.3em;vertical-align:middle}
.legend{display:flex;flex-wrap:wrap;gap:.25rem 1rem;padding:0;margin:.25rem 0;list-style:none;color:var(--soft);
font-size:.85rem}
.key{display:inline-block;width:.8em;height:.8em;margin-right:.4em;border:1px solid var(--soft)}
table{border-collapse:collapse;min-width:16rem;width:100%;max-width:45rem;font-size:.9rem;
font-variant-numeric:tabular-nums}
div.scroll+div.scroll{margin-top:1rem}caption{text-align:left;color:var(--soft);padding:.25rem 0}
details caption{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
th,td{text-align:left;padding:.2rem .8rem .2rem 0;border-bottom:1px solid var(--rule);vertical-align:top}
th{font-weight:500}thead th{color:var(--soft);vertical-align:bottom}
.num :is(td,thead th+th){text-align:right;padding-right:.4rem}section:not(.map-page) .num td{white-space:nowrap}
.num thead .wide{text-align:left}td.wide{width:35%;vertical-align:middle}section p{margin:0 0 .5rem}
.map-page table{max-width:none}
.scroll{overflow-x:auto}.scroll:focus-visible,summary:focus-visible{outline:2px solid var(--cold);outline-offset:2px}
details{margin:.5rem 0}summary{cursor:pointer;color:var(--soft)}
section .more{color:var(--soft);font-size:.85rem;margin:.25rem 0}
ol{padding-left:1.4rem;margin:0}ol li{margin:.5rem 0}a{color:var(--cold)}
@media (max-width:40rem){.num .all{display:none}td.wide{width:22%}.parts{flex-wrap:wrap}}
footer{margin-top:2rem;color:var(--soft);font-size:.85rem}
@page{size:A4;margin:11mm}
@media print{html{font-size:8.5pt}body{padding:0;max-width:none}h2{break-after:avoid;font-size:1.1rem;margin:0 0 .2rem}
h1{font-size:1.2rem;margin:0}.top{display:flex;gap:0 2rem;margin:0 0 .3rem}.top b,.top b.range{font-size:1.3rem}
header>dl:not(.top){gap:0 2rem}.parts{margin:.1rem 0 .2rem}.do{padding:.2rem .5rem;margin:.3rem 0 0}
.columns{columns:2;column-gap:8mm}section{padding-top:3mm}.picture,.num .all{display:none}
.tracks{columns:3;column-gap:5mm;margin:0}.tracks div{margin-bottom:.2rem}.tracks dd{font-size:7.5pt;line-height:1.25}
svg text{font-size:18px}svg.heat text{font-size:11px}.halves svg{flex:1 1 0}svg.square{max-width:48mm}
svg.square text{font-size:18px}
table{font-size:.9rem;min-width:0}td.wide{width:25%}th,td{padding-top:0;padding-bottom:0}
div.scroll+div.scroll{margin-top:.3rem}footer{display:none}
.scroll{overflow:visible}.legend,.more{margin:.1rem 0!important}
svg,tr{break-inside:avoid}details{display:none}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
"""
