import { extname, resolve } from 'node:path'
import type { DiagramFormat } from '../index'
import { CommandError, type ExitCode } from './command-error'
import { type CommonOptions, withDataSource } from './connect'
import { answer, tell } from './output'
import { visible } from './visible'
import { writeOutput } from './write-output'

export interface DiagramCommandOptions extends CommonOptions {
  readonly format?: DiagramFormat
  readonly from?: 'cluster' | 'classes'
  readonly keyspace?: string
  readonly out?: string
}

const formatOf: Readonly<Record<string, DiagramFormat>> = {
  '.svg': 'svg',
  '.html': 'html',
  '.htm': 'html',
  '.mmd': 'mermaid',
  '.mermaid': 'mermaid',
}

/** Draws the tables of a keyspace. */
export async function schemaDiagram(options: DiagramCommandOptions): Promise<ExitCode> {
  const { from = 'cluster', keyspace, out, json } = options
  const format = options.format ?? (out === undefined ? 'svg' : formatOf[extname(out)])
  if (format === undefined) {
    throw new CommandError(2, `no format is known for ${out}; pass --format svg, html or mermaid`)
  }
  const diagram = await withDataSource(options, { entities: from === 'classes' }, (db) =>
    db.schema.diagram({ format, from, keyspace }),
  )
  if (out === undefined) answer(json, { format, diagram }, visible(diagram.trimEnd()))
  else {
    await writeOutput(resolve(out), diagram)
    if (json === true) answer(json, { format, out: resolve(out) }, '')
    else tell(`wrote ${out}`)
  }
  return 0
}
