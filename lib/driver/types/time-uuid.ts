import { types } from 'cassandra-driver'

/** Units of a uuid's time, 100 nanoseconds, in a millisecond. */
const ticksPerMillisecond = 10_000n

/** Milliseconds from the beginning of the Gregorian calendar, where a uuid's time begins, to 1970. */
const fromGregorian = 12_219_292_800_000n

/** Cassandra compares the bytes after the time with their signs. */
const smallestByte = 0x80
const largestByte = 0x7f

function bound(method: string, date: Date, ticks: number, rest: number): Buffer {
  const milliseconds = date.getTime()
  const time = Number.isNaN(milliseconds)
    ? -1n
    : (BigInt(milliseconds) + fromGregorian) * ticksPerMillisecond + BigInt(ticks)
  if (time < 0n || time >= 1n << 60n) {
    throw new RangeError(
      `TimeUuid.${method}: the date is invalid or beyond what a timeuuid can hold`,
    )
  }
  const bytes = Buffer.alloc(16, rest)
  bytes.writeUInt32BE(Number(time & 0xffff_ffffn), 0)
  bytes.writeUInt16BE(Number((time >> 32n) & 0xffffn), 4)
  bytes.writeUInt16BE(Number(time >> 48n) | 0x1000, 6)
  return bytes
}

type Callback = (error: Error, value: types.TimeUuid) => void
type Makers = Readonly<
  Record<'fromDate' | 'now', (...args: unknown[]) => types.TimeUuid | undefined>
>

/** Calls a maker of the driver, which gives its own class, through a callback or at once. */
function ours(method: 'fromDate' | 'now', args: readonly unknown[]): TimeUuid | undefined {
  const adapted = args.map((arg) =>
    typeof arg === 'function'
      ? (error: Error, value?: types.TimeUuid) =>
          (arg as (...args: unknown[]) => void)(error, value && new TimeUuid(value.getBuffer()))
      : arg,
  )
  const made = (types.TimeUuid as unknown as Makers)[method](...adapted)
  return made && new TimeUuid(made.getBuffer())
}

/**
 * A uuid of version 1, ordered by its time: the driver's class, whose `min` and `max` are not the least and the greatest
 * of a millisecond.
 */
export class TimeUuid extends types.TimeUuid {
  /** Parses the 36 characters of a uuid. Throws an `Error` for another text. */
  static override fromString(text: string): TimeUuid {
    return new TimeUuid(types.TimeUuid.fromString(text).getBuffer())
  }

  /** Makes a timeuuid of the date; what is not given of tick, node and clock is random. */
  static override fromDate(
    date: Date,
    ticks?: number,
    nodeId?: string | Buffer,
    clockId?: string | Buffer,
  ): TimeUuid
  static override fromDate(
    date: Date,
    ticks: number,
    nodeId: string | Buffer,
    clockId: string | Buffer,
    callback: Callback,
  ): void
  static override fromDate(...args: readonly unknown[]): TimeUuid | void {
    return ours('fromDate', args)
  }

  /** Makes a timeuuid of this moment; what is not given of node and clock is random. */
  static override now(nodeId?: string | Buffer, clockId?: string | Buffer): TimeUuid
  static override now(nodeId: string | Buffer, clockId: string | Buffer, callback: Callback): void
  static override now(callback: Callback): void
  static override now(...args: readonly unknown[]): TimeUuid | void {
    return ours('now', args)
  }

  /**
   * Returns the least timeuuid of the millisecond as Cassandra orders them, as its `minTimeuuid` does; with `ticks`, of
   * that tenth of a microsecond. Throws `RangeError` for a date that a timeuuid cannot hold.
   */
  static override min(date: Date, ticks = 0): TimeUuid {
    return new TimeUuid(bound('min', date, ticks, smallestByte))
  }

  /**
   * Returns the greatest timeuuid of the millisecond as Cassandra orders them, as its `maxTimeuuid` does; with `ticks`,
   * of that tenth of a microsecond. Throws `RangeError` for a date that a timeuuid cannot hold.
   */
  static override max(date: Date, ticks = 9999): TimeUuid {
    return new TimeUuid(bound('max', date, ticks, largestByte))
  }
}
