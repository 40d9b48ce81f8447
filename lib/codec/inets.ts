import { isIP } from 'node:net'
import { InetAddress } from '../driver/types/value-classes'
import { type Codec, Refusal } from './codec'
import { isOfClass, kindOf, scalar } from './scalar'

function parse(text: string): InetAddress | undefined {
  if (isIP(text) === 0 || text.includes('%')) return undefined
  // The driver takes an embedded IPv4 only in mapped addresses: written as two groups it takes any.
  const plain = text.replace(/:(\d+)\.(\d+)\.(\d+)\.(\d+)$/u, (_, ...parts: string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = parts.slice(0, 4).map(Number)
    return `:${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`
  })
  return InetAddress.fromString(plain)
}

function checkAddress(input: unknown): InetAddress {
  if (input instanceof InetAddress) return input
  if (isOfClass(input, 'InetAddress')) {
    return new InetAddress(Buffer.from((input as InetAddress).getBuffer()))
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
  fromDriver: (value) => value as InetAddress,
  decode(bytes, at, length) {
    if (length !== 4 && length !== 16) {
      throw new Refusal(`the server sent ${length} bytes for an inet, which has 4 or 16`)
    }
    return new InetAddress(Buffer.from(bytes.subarray(at, at + length)))
  },
})

const string: Codec<string> = scalar<string>('inet', 'string', {
  check: (input) => native.check(input).toString(),
  encode: (value) => native.check(value).getBuffer(),
  fromDriver: (value) => String(value),
  decode: (bytes, at, length) => native.decode(bytes, at, length).toString(),
})

export const inets = { inet: { native, string } }
