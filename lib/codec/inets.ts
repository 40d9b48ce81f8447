import { isIP } from 'node:net'
import { isDriverValue } from '../driver/types/is-driver-value'
import { InetAddress } from '../driver/types/value-classes'
import { type Codec, Refusal } from './codec'
import { kindOf, misfitCell, orNull, scalar } from './scalar'

const mappedPrefix = Buffer.from('00000000000000000000ffff', 'hex')

/** Tells an IPv4-mapped address, `::ffff:10.0.0.1`: Cassandra and Java hold it to be 10.0.0.1. */
export function isMapped(bytes: Buffer, at: number, length: number): boolean {
  return length === 16 && mappedPrefix.compare(bytes, at, at + 12) === 0
}

/** A copy of the bytes of an address, four for an IPv4-mapped one. */
function addressBytes(bytes: Buffer, at: number, length: number): Buffer {
  const start = isMapped(bytes, at, length) ? at + 12 : at
  return Buffer.from(bytes.subarray(start, at + length))
}

function asIPv4(address: InetAddress): InetAddress {
  const bytes = address.getBuffer()
  return isMapped(bytes, 0, bytes.length)
    ? new InetAddress(addressBytes(bytes, 0, bytes.length))
    : address
}

function parse(text: string): InetAddress | undefined {
  if (isIP(text) === 0 || text.includes('%')) return undefined
  // The driver takes an embedded IPv4 only in mapped addresses: written as two groups it takes any.
  const plain = text.replace(/:(\d+)\.(\d+)\.(\d+)\.(\d+)$/u, (_, ...parts: string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = parts.slice(0, 4).map(Number)
    return `:${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`
  })
  return asIPv4(InetAddress.fromString(plain))
}

function checkAddress(input: unknown): InetAddress {
  if (input instanceof InetAddress) return asIPv4(input)
  if (isDriverValue(input, 'InetAddress')) {
    return asIPv4(new InetAddress(Buffer.from((input as InetAddress).getBuffer())))
  }
  const address = typeof input === 'string' ? parse(input) : undefined
  if (address === undefined) {
    const got = typeof input === 'string' ? 'another text' : kindOf(input)
    throw new Refusal(`needs an InetAddress or the text of an IPv4 or IPv6 address; got ${got}`)
  }
  return address
}

const native: Codec<InetAddress> = scalar<InetAddress>('inet', 'native', {
  check: checkAddress,
  toPlain: (value) => checkAddress(value).toString(),
  encode: (value) => value.getBuffer(),
  fromDriver: (value) => asIPv4(value as InetAddress),
  decode(bytes, at, length) {
    if (length !== 4 && length !== 16) {
      return misfitCell(length, '4 or 16', 'inet')
    }
    return new InetAddress(addressBytes(bytes, at, length))
  },
})

const string: Codec<string> = scalar<string>('inet', 'string', {
  check: (input) => native.check(input).toString(),
  encode: (value) => native.check(value).getBuffer(),
  fromDriver: (value) => String(native.fromDriver(value)),
  decode: (bytes, at, length) => orNull(native.decode(bytes, at, length), String),
})

export const inets = { inet: { native, string } }
