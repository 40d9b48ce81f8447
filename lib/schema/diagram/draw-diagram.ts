import type { KeyspaceModel } from '../model/table-model'
import { type Box, boxesOf } from './boxes'
import { htmlDiagram } from './html'
import { mermaidDiagram } from './mermaid'
import { svgDiagram } from './svg'

/** The format of a diagram: an SVG picture, an HTML page with the picture, or a Mermaid diagram. */
export type DiagramFormat = 'svg' | 'html' | 'mermaid'

const formats = {
  svg: svgDiagram,
  html: htmlDiagram,
  mermaid: (_, boxes) => mermaidDiagram(boxes),
} as const satisfies Record<DiagramFormat, (keyspace: string, boxes: readonly Box[]) => string>

/** The names of the formats. */
export const diagramFormats = Object.keys(formats) as readonly DiagramFormat[]

/** Draws the tables, views and types of a keyspace. */
export function drawDiagram(keyspace: KeyspaceModel, format: DiagramFormat): string {
  return formats[format](keyspace.name, boxesOf(keyspace))
}
