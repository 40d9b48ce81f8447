import type { Box } from './boxes'
import { escaped, svgDiagram } from './svg'

/** Returns an HTML page with the diagram, without dependencies. */
export function htmlDiagram(keyspace: string, boxes: readonly Box[]): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(keyspace)}</title>
<style>
body { margin: 0; background: #fff }
@media (prefers-color-scheme: dark) { body { background: #151a20 } }
main { overflow-x: auto }
svg { display: block; margin: 0 auto }
@media print { svg { width: 100%; height: auto } }
</style>
</head>
<body>
<main>
${svgDiagram(keyspace, boxes)}</main>
</body>
</html>
`
}
