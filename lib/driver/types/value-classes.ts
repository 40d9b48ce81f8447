import { types } from 'cassandra-driver'

export { BigDecimal } from './big-decimal'
export { Duration } from './duration'
export { TimeUuid } from './time-uuid'

/** The driver's value classes, each a value and a type under one name, as decorators' metadata needs them. */

export const Uuid = types.Uuid
export type Uuid = types.Uuid

export const LocalDate = types.LocalDate
export type LocalDate = types.LocalDate

export const LocalTime = types.LocalTime
export type LocalTime = types.LocalTime

export const InetAddress = types.InetAddress
export type InetAddress = types.InetAddress

export const Long = types.Long
export type Long = types.Long

export const Integer = types.Integer
export type Integer = types.Integer

export const consistencies = types.consistencies
export type consistencies = types.consistencies
