import { types } from 'cassandra-driver'

/** The driver's value classes, each a value and a type under one name, as decorators' metadata needs them. */

export const Uuid = types.Uuid
export type Uuid = types.Uuid

export const TimeUuid = types.TimeUuid
export type TimeUuid = types.TimeUuid

export const LocalDate = types.LocalDate
export type LocalDate = types.LocalDate

export const LocalTime = types.LocalTime
export type LocalTime = types.LocalTime

export const Duration = types.Duration
export type Duration = types.Duration

export const InetAddress = types.InetAddress
export type InetAddress = types.InetAddress

export const BigDecimal = types.BigDecimal
export type BigDecimal = types.BigDecimal

export const Long = types.Long
export type Long = types.Long

export const consistencies = types.consistencies
export type consistencies = types.consistencies
