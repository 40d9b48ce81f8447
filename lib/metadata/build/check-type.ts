import type { CqlType } from '../../cql/cql-type'
import { isCollection, isUnordered, partsOf, someType, userTypesIn } from '../../cql/type-tree'
import { printType } from '../../cql/print-type'
import { unreachable } from '../../errors/unreachable'
import type { ColumnRole } from '../declaration'
import type { UserTypes } from './user-types'

/** The place of a type. */
export interface TypePlace {
  readonly role: ColumnRole | 'field'
  readonly isCounter: boolean
}

type Tell = (message: string) => void

/** Reports types that Cassandra refuses, with the remedy. */
export function checkType(
  type: CqlType,
  { role, isCounter }: TypePlace,
  userTypes: UserTypes,
  tell: Tell,
): void {
  const isKey = role === 'partitionKey' || role === 'clustering'
  if (type.kind === 'native' && type.name === 'counter' && !isCounter) {
    tell(
      role === 'field'
        ? 'a user-defined type cannot hold a counter'
        : 'a counter is declared with @CounterColumn()',
    )
  }
  if (type.kind !== 'native' && holdsCounter(type)) tell('a counter cannot be inside another type')
  if (isKey && isCollection(type)) {
    tell(`a collection in a key must be frozen; ${remedy(type, userTypes)}`)
  }
  if (type.kind === 'udt') {
    if (isKey) tell(`a user-defined type in a key must be frozen; ${remedy(type, userTypes)}`)
    else if (role === 'field') {
      tell(`a user-defined type in another must be frozen; ${remedy(type, userTypes)}`)
    } else tellOpenCollections(type.name, userTypes, tell)
  }
  if (isKey && holdsDuration(type, userTypes)) {
    tell('a duration has no order and cannot be in a key; store it in a plain column')
  }
  checkInside(type, false, userTypes, tell)
}

/** Reports unfrozen collections inside an unfrozen user-defined type: fields can be set, parts of fields cannot. */
function tellOpenCollections(name: string, userTypes: UserTypes, tell: Tell): void {
  const userType = userTypes.of(name)
  for (const { property, type } of userType?.fields ?? []) {
    if (isCollection(type)) {
      tell(
        `${userType?.name}.${property} is a collection that is not frozen, so the type must be; ` +
          `write frozen(() => ${userType?.name}), or freeze the field`,
      )
    }
  }
}

/** Returns `write 'frozen<list<int>>'`; user-defined types cannot be written as text. */
function remedy(type: CqlType, userTypes: UserTypes): string {
  if (type.kind === 'udt') return `write frozen(() => ${userTypes.of(type.name)?.name})`
  const text = printType(type)
  return text.includes('"') ? 'put frozen(…) around it' : `write 'frozen<${text}>'`
}

function holdsCounter(type: CqlType): boolean {
  return someType(type, (each) => each.kind === 'native' && each.name === 'counter')
}

/** Tells whether a type is or holds one without an order, which is `duration`. */
export function holdsDuration(type: CqlType, userTypes: UserTypes): boolean {
  return (
    isUnordered(type) ||
    userTypesIn(type).some((name) =>
      userTypes.of(name)?.fields.some((field) => holdsDuration(field.type, userTypes)),
    )
  )
}

function checkInside(type: CqlType, isInside: boolean, userTypes: UserTypes, tell: Tell): void {
  const checkParts = (whole: CqlType, isOpen: boolean) => {
    for (const part of partsOf(whole)) checkInside(part, isOpen, userTypes, tell)
  }
  switch (type.kind) {
    case 'native':
      return
    case 'udt':
      if (isInside) {
        tell(`a user-defined type inside a collection must be frozen; ${remedy(type, userTypes)}`)
      }
      return
    case 'frozen':
      if (type.of.kind === 'native') {
        tell(
          `only collections, tuples and user-defined types can be frozen; write '${type.of.name}'`,
        )
      }
      // Inside frozen everything is frozen, so nothing has to be written twice.
      checkParts(type.of, false)
      checkOrdered(type.of, userTypes, tell)
      return
    case 'list':
    case 'set':
    case 'map':
      if (isInside) {
        tell(`a collection inside another must be frozen; ${remedy(type, userTypes)}`)
        return
      }
      checkParts(type, true)
      checkOrdered(type, userTypes, tell)
      return
    case 'tuple':
      if (type.of.length === 0) tell('a tuple needs at least one component')
      checkParts(type, false)
      return
    case 'vector':
      if (!Number.isInteger(type.dimension) || type.dimension < 1) {
        tell('a vector needs a whole number of elements, from 1')
      }
      checkParts(type, false)
      return
    default:
      unreachable(type)
  }
}

function checkOrdered(type: CqlType, userTypes: UserTypes, tell: Tell): void {
  if (type.kind === 'set' && holdsDuration(type.of, userTypes)) {
    tell('a duration has no order and cannot be in a set; use a list')
  }
  if (type.kind === 'map' && holdsDuration(type.key, userTypes)) {
    tell('a duration has no order and cannot be the key of a map')
  }
}
