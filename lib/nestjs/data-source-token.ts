import type { Type } from '@nestjs/common'
import { DataSource } from '../index'

/** The default name of a data source. */
export const defaultName = 'default'

/**
 * Returns the token of a data source: its class, or a text for a data source with a name.
 *
 * ```ts
 * const db = app.get(getDataSourceToken())
 * ```
 */
export function getDataSourceToken(): Type<DataSource>
export function getDataSourceToken(name?: string): Type<DataSource> | string
export function getDataSourceToken(name: string = defaultName): Type<DataSource> | string {
  return name === defaultName ? DataSource : `CoodieDataSource(${name})`
}
