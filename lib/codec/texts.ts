import { type Codec, Refusal } from './codec'
import { readText } from './read-text'
import { kindOf, scalar } from './scalar'

function text(name: 'text' | 'ascii'): Codec<string> {
  return scalar<string>(name, 'native', {
    check(input) {
      if (typeof input !== 'string') throw new Refusal(`needs a string; got ${kindOf(input)}`)
      if (name === 'ascii') {
        // eslint-disable-next-line no-control-regex -- ASCII begins with the control characters
        if (!/^[\x00-\x7f]*$/u.test(input)) {
          throw new Refusal('needs ASCII characters only; got others')
        }
      } else if (!input.isWellFormed()) {
        throw new Refusal('needs well-formed text; got one with half of a surrogate pair')
      }
      return input
    },
    toDriver: (value) => value,
    encode: (value) => Buffer.from(value, 'utf8'),
    fromDriver: (value) => value as string,
    decode: readText,
  })
}

function checkBlob(input: unknown): Buffer {
  if (Buffer.isBuffer(input)) return input
  if (input instanceof Uint8Array) {
    return Buffer.from(input.buffer, input.byteOffset, input.byteLength)
  }
  throw new Refusal(`needs a Buffer or a Uint8Array; got ${kindOf(input)}`)
}

const blob = scalar<Buffer>('blob', 'native', {
  check: checkBlob,
  toPlain: (value) => checkBlob(value).toString('base64'),
  fromPlain(plain) {
    if (typeof plain !== 'string') return checkBlob(plain)
    const bytes = Buffer.from(plain, 'base64')
    // The decoder skips what is none of it.
    if (bytes.toString('base64') !== plain) {
      throw new Refusal('needs bytes as base64 with its padding; got another text')
    }
    return bytes
  },
  encode: (value) => value,
  fromDriver: (value) => value as Buffer,
  decode: (bytes, at, length) => Buffer.from(bytes.subarray(at, at + length)),
})

/** text, ascii and blob. */
export const texts = {
  text: { native: text('text') },
  ascii: { native: text('ascii') },
  blob: { native: blob },
}
