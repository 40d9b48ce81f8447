import { type Codec, Refusal } from '../lib/codec/codec'
import { codecFor, formsOf } from '../lib/codec/codec-for'
import type { CqlType } from '../lib/cql/cql-type'
import { nativeNames } from '../lib/cql/native-types'
import { parseType } from '../lib/cql/parse-type'
import { printType } from '../lib/cql/print-type'

const begin = '<!-- types:begin -->'
const end = '<!-- types:end -->'

/** The page with the table of types as the codecs have it, between the markers `types:begin` and `types:end`. */
export function withTypesTable(page: string): string {
  const from = page.indexOf(begin)
  const to = page.indexOf(end)
  if (from < 0 || to < from) throw new Error(`the page has no ${begin} … ${end}`)
  return `${page.slice(0, from)}${begin}\n\n${typesTable()}\n\n${page.slice(to)}`
}

/** Types that are made of others, by an example of each form that they have. */
const made = [
  'list<int>',
  'set<int>',
  'map<text, int>',
  'map<int, text>',
  'tuple<int, text>',
  'vector<float, 2>',
  'vector<text, 2>',
  'frozen<list<int>>',
]

class Address {
  street = ''
}

const address: CqlType = { kind: 'udt', name: 'address' }
const userTypes = new Map([
  [
    'address',
    {
      entity: 'Address',
      fields: new Map(),
      create: () => new Address() as unknown as Record<string, unknown>,
      isOwnState: () => false,
      defaultOf: () => undefined,
    },
  ],
])

/** Other names of the native types. */
const aliases: Readonly<Record<string, string>> = {
  [printType(parseType('varchar'))]: 'varchar',
}

function typesTable(): string {
  const types = [...nativeNames, ...made].map((text) => parseType(text))
  const rows = [
    ['CQL', 'property', 'with `as`', 'takes', 'absent is'],
    ...types.map((type) => {
      const alias = aliases[printType(type)]
      return rowOf(code(printType(type)) + (alias === undefined ? '' : `, ${code(alias)}`), type)
    }),
    rowOf(code('() => Address'), address),
  ]
  const widths = rows[0]?.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0))) ?? []
  const [head, ...body] = rows.map((row) => line(row.map((cell, i) => cell.padEnd(widths[i] ?? 0))))
  return [head, line(widths.map((width) => '-'.repeat(width))), ...body].join('\n')
}

function rowOf(name: string, type: CqlType): readonly string[] {
  const codec = codecFor(type, 'native', userTypes)
  const forms = formsOf(type)
    .filter((form) => form !== 'native')
    .map((form) => `${code(`'${form}'`)}: ${code(propertyOf(codecFor(type, form, userTypes)))}`)
  return [name, code(propertyOf(codec)), forms.join(', '), needs(codec), code(absentOf(codec))]
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

function code(text: string): string {
  return `\`${text}\``
}

/** Returns the words of a codec for what it needs, from its refusal of a value that no codec accepts. */
function needs(codec: Codec): string {
  try {
    codec.check(Symbol('nothing'))
  } catch (error) {
    if (error instanceof Refusal) return error.message.replace(/^needs (.*); got .*$/u, '$1')
    throw error
  }
  throw new Error(`${printType(codec.type)} takes a symbol`)
}

/** Values of which every codec takes one. */
const samples: readonly unknown[] = [
  1,
  true,
  Buffer.from([1]),
  'text',
  '2026-01-31',
  '12:30:00',
  '1h',
  '127.0.0.1',
  '6ba7b810-9dad-11d1-80b4-00c04fd430c8',
  [1, 'text'],
  [1, 2],
  ['text', 'text'],
  new Map([['text', 1]]),
  new Map([[1, 'text']]),
]

/** The TypeScript type of what a codec makes of a value. */
function propertyOf(codec: Codec): string {
  if (codec.fields !== undefined) return typeOf(codec, codec.fromDriver({}))
  for (const sample of samples) {
    try {
      return typeOf(codec, codec.check(sample))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
    }
  }
  throw new Error(`no sample fits ${printType(codec.type)}`)
}

function typeOf({ type }: Codec, value: unknown): string {
  if (typeof value !== 'object' || value === null) return typeof value
  const inner = (each: unknown) => typeOf({ type } as Codec, each)
  if (Array.isArray(value)) {
    return type.kind === 'tuple' ? `[${value.map(inner).join(', ')}]` : `${inner(value[0])}[]`
  }
  const [first] = value instanceof Map || value instanceof Set ? value.entries() : []
  if (first !== undefined) {
    return value instanceof Map ? `Map<${first.map(inner).join(', ')}>` : `Set<${inner(first[0])}>`
  }
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null
    ? `Record<string, ${inner(Object.values(value)[0])}>`
    : (prototype as object).constructor.name
}

function absentOf(codec: Codec): string {
  const absent = codec.absent()
  if (absent === null) return 'null'
  if (Array.isArray(absent)) return '[]'
  return absent instanceof Map ? 'new Map()' : absent instanceof Set ? 'new Set()' : '{}'
}
