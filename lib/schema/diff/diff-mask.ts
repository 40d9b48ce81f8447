import { sameMask } from '../model/mask'
import type { ColumnModel, ServerModel, TableModel } from '../model/table-model'
import type { Change } from './change'
import { makeChange } from './make-change'

/** Returns how the mask of a stored column differs from the declared one. */
export function diffMask(
  { keyspace, name: table }: TableModel,
  { name, mask: declared }: ColumnModel,
  { mask: stored }: ColumnModel,
  server: ServerModel | undefined,
): readonly Change[] {
  const place = { keyspace, table, name }
  if (declared === undefined) {
    return stored === undefined ? [] : [makeChange('dropMask', place, { stored })]
  }
  if (stored !== undefined && sameMask(declared, stored)) return []
  const obstacle = server?.maskObstacle
  return [
    makeChange(
      'changeMask',
      place,
      { declared, stored },
      obstacle === undefined ? undefined : `, and ${obstacle}`,
    ),
  ]
}
