import { Refusal } from '../../codec/codec'
import { codecFor } from '../../codec/codec-for'
import type { Marker } from '../statement'

const int = codecFor({ kind: 'native', name: 'int' })

/** The index of an element of a list, from 0. */
export function listIndex(operator: string): Marker['codec'] {
  return {
    ...int,
    check(input) {
      const index = int.check(input) as number
      if (index < 0) throw new Refusal(`${operator} takes an index from 0`)
      return index
    },
  }
}
