import { Column, Entity, Field, PartitionKey, UserDefinedType } from '../../lib'

type Columns = Readonly<
  Record<string, { readonly type: unknown; readonly [option: string]: unknown }>
>
type Row = Record<string, unknown>
type AnyDecorator = (options: unknown) => (prototype: object, property: string) => void

/** An entity with an int key `id` and these columns, for specs that make up their tables. */
export function makeEntity(table: string, columns: Columns): new () => Row {
  class Made {
    [property: string]: unknown
  }
  ;(PartitionKey as unknown as AnyDecorator)({ type: 'int' })(Made.prototype, 'id')
  for (const [property, options] of Object.entries(columns)) {
    ;(Column as unknown as AnyDecorator)(options)(Made.prototype, property)
  }
  Entity(table)(Made)
  return Made
}

/** A class of a user-defined type with these fields. */
export function makeUserType(name: string, fields: Columns): new () => Row {
  class MadeType {
    [property: string]: unknown
  }
  for (const [property, options] of Object.entries(fields)) {
    ;(Field as unknown as AnyDecorator)(options)(MadeType.prototype, property)
  }
  UserDefinedType(name)(MadeType)
  return MadeType
}
