import { types } from 'cassandra-driver'

export { BigDecimal } from './big-decimal'
export { Duration } from './duration'
export { TimeUuid } from './time-uuid'

// The driver's value classes, each a value and a type under one name, as decorators' metadata needs them.

/** The driver's class of a uuid: `Uuid.random()`, `Uuid.fromString(text)`. */
export const Uuid = types.Uuid
export type Uuid = types.Uuid

/** The driver's class of a day without a time zone. */
export const LocalDate = types.LocalDate
export type LocalDate = types.LocalDate

/** The driver's class of a time of day with nanoseconds. */
export const LocalTime = types.LocalTime
export type LocalTime = types.LocalTime

/** The driver's class of an IPv4 or IPv6 address. */
export const InetAddress = types.InetAddress
export type InetAddress = types.InetAddress

export const Long = types.Long
export type Long = types.Long

/** The driver's numbers of the consistency levels, for its own API. */
export const consistencies = types.consistencies
export type consistencies = types.consistencies
