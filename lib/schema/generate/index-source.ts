import type { CqlType } from '../../cql/cql-type'
import { defaultIndexName } from '../model/index-name'
import type { IndexModel, TableModel } from '../model/table-model'
import { decoratorSource } from './decorator-source'
import type { Layout } from './layout'
import { textSource, valueSource } from './value-source'

const similarities: ReadonlySet<unknown> = new Set(['cosine', 'dot_product', 'euclidean'])

/** What of a collection an index is on when it does not say. */
const defaultTargets: Partial<Record<CqlType['kind'], IndexModel['on']>> = {
  list: 'values',
  set: 'values',
  map: 'values',
  frozen: 'full',
}

/** `@Index({ using: 'sai', on: 'keys' })` */
export function indexSource(
  decorator: string,
  { name, column, on, using, options: given }: IndexModel,
  table: TableModel,
  type: CqlType,
): Layout {
  const { similarity_function: similarity, ...rest } = given
  const isKnown = similarities.has(similarity)
  const options: Record<string, Layout> = {}
  if (name !== undefined && name !== defaultIndexName(table.name, column)) {
    options['name'] = textSource(name)
  }
  if (using !== undefined) options['using'] = textSource(using)
  if (on !== undefined && on !== defaultTargets[type.kind]) options['on'] = textSource(on)
  if (isKnown) options['similarity'] = textSource(String(similarity))
  const others = isKnown ? rest : given
  if (Object.keys(others).length > 0) options['options'] = valueSource(others)
  return decoratorSource(decorator, undefined, options)
}
