import type { Type } from '@nestjs/common'
import { DataSource } from '../index'

/** The name of a data source that has none. */
export const defaultName = 'default'

/**
 * What a data source is injected by: its class, or a text for one with a name.
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
