import type { Place, StartUp } from '../contenders/contender'
import type { ContenderName } from '../contenders'
import type { GroupName } from '../groups'
import type { Measured } from '../measure/measure'
import type { Json, Rows } from '../models/rows'

/** The requests to the process of a contender, in Node or in Python. Each request has one answer. */
export interface Requests {
  open: { request: { contender: ContenderName; place: Place }; answer: { versions: Versions } }
  /** Makes the operation of a group, and runs operation 0. */
  prepare: {
    request: { group: GroupName; given: Rows; isReplayed: boolean }
    answer: { cannot: string } | { result: Json }
  }
  /** Operations after those already run. */
  measure: { request: { count: number; width: number }; answer: Measured }
  /** The wall time of an operation that needs no server, by Benny. */
  micro: { request: { seconds: number }; answer: { wall: number } }
  /** After the last round of a group. */
  finish: { request: object; answer: object }
  /** Measures that are no group. */
  prepared: { request: { calls: number }; answer: { statements: number; shapes: number } }
  heap: { request: object; answer: { samples: readonly number[] } }
  startUp: { request: { entities: number }; answer: StartUp }
  close: { request: object; answer: object }
}

export type RequestName = keyof Requests

/** The versions of what a contender is made of. */
export type Versions = Readonly<Record<string, string>>

export type Request = {
  [N in RequestName]: { readonly id: number; readonly name: N } & Requests[N]['request']
}[RequestName]

export type Answer =
  { readonly id: number; readonly answer: object } | { readonly id: number; readonly error: string }
