import type { CqlType } from '../../cql/cql-type'
import { defaultIndexName } from '../model/index-name'
import { classOf, withoutDefaults } from '../model/same-index'
import type { IndexModel, TableModel } from '../model/table-model'
import { decoratorSource } from './decorator-source'
import type { Layout } from './layout'
import { textSource, valueSource } from './value-source'

const similarities: ReadonlySet<unknown> = new Set(['cosine', 'dot_product', 'euclidean'])

/** The part of a collection that an index is on unless it names one. */
const defaultTargets: Partial<Record<CqlType['kind'], IndexModel['on']>> = {
  list: 'values',
  set: 'values',
  map: 'values',
  frozen: 'full',
}

/** `@Index({ using: 'sai', on: 'keys' })` */
export function indexSource(
  decorator: string,
  index: IndexModel,
  table: TableModel,
  type: CqlType,
): Layout {
  const { name, column, on, using } = index
  const given = withoutDefaults(index)
  const { similarity_function: similarity, ...rest } = given
  const isKnown = similarities.has(String(similarity).toLowerCase())
  const options: Record<string, Layout> = {}
  if (name !== undefined && name !== defaultIndexName(table.name, column)) {
    options['name'] = textSource(name)
  }
  if (using !== undefined) options['using'] = textSource(classOf(using) === 'sai' ? 'sai' : using)
  if (on !== undefined && on !== defaultTargets[type.kind]) options['on'] = textSource(on)
  if (isKnown) options['similarity'] = textSource(String(similarity).toLowerCase())
  const others = isKnown ? rest : given
  if (Object.keys(others).length > 0) options['options'] = valueSource(others)
  return decoratorSource(decorator, undefined, options)
}
