import { type Codec, Refusal } from './codec'
import { anyOrder } from './parameter'
import { checkedFromPlain } from './plain-parts'
import { eachElement } from './wire'

/** The most bytes that something of a value may have. */
export interface SizeBound {
  /** The measured part: the value, or each element, key or entry of a collection. */
  readonly of: 'whole' | 'values' | 'keys' | 'entries'
  readonly most: number
  /** The consequence of a larger value, and the remedy; the end of the message. */
  readonly reason: string
}

type Part = Exclude<SizeBound['of'], 'whole'>

const nouns = {
  values: 'an element',
  keys: 'a key',
  entries: 'an entry',
} as const satisfies Record<Part, string>

/** A codec that refuses what is longer than its bounds, in bytes, as it is stored. */
export function boundedCodec(codec: Codec, bounds: readonly SizeBound[]): Codec {
  return bounds.reduce(bounded, codec)
}

function bounded(codec: Codec, bound: SizeBound): Codec {
  const require: Requirement =
    bound.of === 'whole'
      ? (value) => requireSize(sizeOf(codec, value), bound, 'is')
      : requirementOfParts(codec, { ...bound, of: bound.of })
  const check = (input: unknown) => {
    const value = codec.check(input)
    require(value)
    return value
  }
  const { parts } = codec
  const fromPlain = checkedFromPlain(codec, check)
  if (parts === undefined) return { ...codec, check, fromPlain }
  const part: SizeBound = { ...bound, of: 'whole' }
  const { key } = parts
  return {
    ...codec,
    check,
    fromPlain,
    parts: {
      value: bound.of === 'values' ? bounded(parts.value, part) : parts.value,
      ...(key === undefined ? {} : { key: bound.of === 'keys' ? bounded(key, part) : key }),
    },
  }
}

/** Takes what `check` gave. Throws `Refusal`. */
type Requirement = (value: unknown) => void

function requireSize(size: number, { most, reason }: SizeBound, verb: string): void {
  if (size > most) throw new Refusal(`${verb} ${size} bytes long; ${reason}`)
}

/** Returns the size in bytes. Values that are sent unchanged have a length; others are encoded. */
function sizeOf(codec: Codec, value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value)
  if (Buffer.isBuffer(value)) return value.length
  return codec.encode(value, anyOrder).length
}

/** The server keeps an entry as one value of two components, each with three bytes around it. */
const aroundEntry = 6

function requirementOfParts(codec: Codec, bound: SizeBound & { readonly of: Part }): Requirement {
  const require = (size: number) => requireSize(size, bound, `has ${nouns[bound.of]} that is`)
  const { key } = codec.parts ?? {}
  return (value) => {
    let keyLength: number | undefined
    eachElement(codec.encode(value, anyOrder), 0, key === undefined ? 1 : 2, (_, length) => {
      if (key !== undefined && keyLength === undefined) {
        keyLength = length
        if (bound.of === 'keys') require(length)
        return
      }
      if (bound.of === 'values') require(length)
      if (bound.of === 'entries') require((keyLength ?? 0) + length + aroundEntry)
      keyLength = undefined
    })
  }
}
