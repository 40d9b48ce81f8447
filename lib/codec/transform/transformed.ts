import { thaw } from '../../cql/type-tree'
import { type Codec, type CodecParts, type Form, Refusal } from '../codec'
import { isFields } from '../udts'
import { isJsonTransformer } from './json'
import { jsonValue } from './json-value'
import type { Transformer } from './transformer'

type Convert = (value: unknown) => unknown

/** A codec of what a transformer makes of its values. What the transformer throws is a refusal. */
export function transformedCodec(inner: Codec, transformer: Transformer): Codec {
  const stored: Convert = (value) => {
    const result = attempt('to', () => transformer.to(value))
    if (result === null || result === undefined) {
      throw new Refusal(
        `its transformer returned ${String(result)} for a value; only null is stored as null`,
      )
    }
    return result
  }
  const read: Convert = (value) => attempt('from', () => transformer.from(value))
  const isJson = isJsonTransformer(transformer)
  return {
    ...convertedCodec(inner, stored, read),
    ...(isJson ? { toPlain: jsonValue, fromPlain: jsonValue } : {}),
    absent() {
      const none = inner.absent()
      return none === null ? null : read(none)
    },
    ...(inner.parts === undefined
      ? {}
      : { parts: convertedParts(inner, inner.parts, stored, read) }),
  }
}

/**
 * Returns the codec of what an operator is given: of a transformed column in the form of the column, so that the
 * transformer gets one shape from all operators, a Set where the column is a set.
 */
export function operandCodec(codec: Codec): Codec {
  if (codec.isTransformed !== true) return codec
  return { ...codec, check: (input) => codec.check(inForm(codec, input)) }
}

function inForm({ type, form }: Codec, input: unknown): unknown {
  const { kind } = thaw(type)
  if (kind === 'map') {
    if (form === 'object') return input instanceof Map ? Object.fromEntries(input) : input
    return isFields(input) ? new Map(Object.entries(input)) : input
  }
  if (kind === 'set' && form === 'native') return Array.isArray(input) ? new Set(input) : input
  return input instanceof Set ? [...(input as ReadonlySet<unknown>)] : input
}

function attempt(method: 'to' | 'from', run: () => unknown): unknown {
  try {
    return run()
  } catch (cause) {
    if (cause instanceof Refusal) throw cause
    const name = cause instanceof Error ? cause.name : typeof cause
    throw new Refusal(`'${method}' of its transformer threw: ${name}`, { cause })
  }
}

function convertedCodec(inner: Codec, stored: Convert, read: Convert): Codec {
  const check = (input: unknown) => inner.check(stored(input))
  return {
    ...inner,
    isTransformed: true,
    check,
    toPlain: (value, nested) => inner.toPlain(stored(value), nested),
    fromPlain: (plain, nested) => read(inner.fromPlain(plain, nested)),
    fromDriver: (value, orders) => read(inner.fromDriver(value, orders)),
    decode: (bytes, at, length, orders) => read(inner.decode(bytes, at, length, orders)),
  }
}

/** A transformer takes whole values: a part goes through it in a collection of one. */
function convertedParts(
  inner: Codec,
  parts: CodecParts,
  stored: Convert,
  read: Convert,
): CodecParts {
  const kind = thaw(inner.type).kind
  const through = (convert: Convert, which: 'key' | 'value'): Convert => {
    const wrap = (value: unknown) =>
      kind === 'map'
        ? mapOfOne(inner.form, which === 'key' ? [value, undefined] : ['', value])
        : kind === 'set' && inner.form === 'native'
          ? new Set([value])
          : [value]
    return (value) => onlyPart(convert(wrap(value)), which)
  }
  const converted = (which: 'key' | 'value', codec: Codec) =>
    convertedCodec(codec, through(stored, which), through(read, which))
  return {
    value: converted('value', parts.value),
    ...(parts.key === undefined ? {} : { key: converted('key', parts.key) }),
  }
}

function mapOfOne(form: Form, [key, value]: readonly [unknown, unknown]): unknown {
  return form === 'object' ? { [String(key)]: value } : new Map([[key, value]])
}

function onlyPart(whole: unknown, which: 'key' | 'value'): unknown {
  const entries: readonly (readonly [unknown, unknown])[] =
    whole instanceof Map || whole instanceof Set || Array.isArray(whole)
      ? [...whole.entries()]
      : typeof whole === 'object' && whole !== null
        ? Object.entries(whole)
        : []
  const [entry] = entries
  if (entry === undefined || entries.length !== 1) {
    throw new Refusal('is transformed as a whole, so a part of it cannot be addressed')
  }
  return which === 'key' ? entry[0] : entry[1]
}
