/** The style of the page. */
export const style = `
:root { color-scheme: light; --ink: #1d2630; --soft: #5f6b7a; --line: #e3e7ec; --own: #1668c7; --other: #b9c3cf; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 32px 24px 64px; max-width: 1200px; color: var(--ink); background: #fff;
  font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 26px; margin: 0 0 4px; } h2 { font-size: 20px; margin: 40px 0 12px; }
p { margin: 4px 0; max-width: 80ch; } .soft { color: var(--soft); }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 5px 14px 5px 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
th { font-weight: 600; } td.number, th.number { text-align: right; }
.wide { overflow-x: auto; } .targets { min-width: 720px; } .targets td:first-child { width: 36%; }
.met, .missed { white-space: nowrap; } .met { color: #1a7f37; font-weight: 600; } .missed { color: #c0341d; font-weight: 600; }
.groups { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(520px, 100%), 1fr)); gap: 16px; }
article { border: 1px solid var(--line); border-radius: 8px; padding: 12px 16px; min-width: 0; }
h3 { display: flex; flex-wrap: wrap; gap: 4px 10px; align-items: baseline; justify-content: space-between; font-size: 16px; margin: 0; }
h3 span { font-size: 13px; font-weight: 600; padding: 1px 8px; border-radius: 9px; background: #eef2f6; }
h3 span.less { background: #dcf3e2; color: #14682d; } h3 span.more { background: #fbe3de; color: #9c2a17; }
svg { width: 100%; height: auto; margin-top: 8px; display: block; }
svg text { font-size: 12px; fill: var(--ink); } svg .name { text-anchor: end; fill: var(--soft); }
svg .own.name, svg .own.value { fill: var(--own); font-weight: 600; } svg .reason { fill: var(--soft); font-style: italic; paint-order: stroke; stroke: #fff; stroke-width: 4px; }
svg .bar { fill: var(--other); } svg .bar.own { fill: var(--own); } svg .ratio { fill: var(--soft); font-weight: 400; }
svg .spread { stroke: #1d2630; stroke-opacity: .45; } svg .mark { stroke: #1d2630; stroke-dasharray: 3 3; stroke-opacity: .6; }
details { margin-top: 8px; font-size: 13px; } summary { cursor: pointer; color: var(--soft); }
details table { width: 100%; } pre { white-space: pre-wrap; overflow-wrap: anywhere; }
`
