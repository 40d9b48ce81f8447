/** One argument of a masking function. */
interface MaskArgument {
  /** The literal; undefined if the server stores only bytes that have no literal. */
  readonly literal: string | undefined
  /** If false, one value has several literals, and the server may store another one than was written. */
  readonly isExact: boolean
}

/** The masking function of a column and its arguments. */
export interface Mask {
  /** The name, without the keyspace `system` and without that of the table. */
  readonly function: string
  readonly arguments: readonly MaskArgument[]
}

type Row = Readonly<Record<string, unknown>>

/** One argument: text in quotes and what is inside brackets may contain commas. */
const argument =
  /(?:'(?:[^']|'')*'|\[(?:'(?:[^']|'')*'|[^\]'])*\]|\{(?:'(?:[^']|'')*'|[^}'])*\}|[^,'[{])+/gu

/** Reads a declared mask: `mask_inner(1, 1)`, or `default`, which is `mask_default()`. */
export function parseMask(text: string, keyspace: string): Mask {
  const [, name = text, list = ''] = /^([^(]*?)\s*\((.*)\)$/su.exec(text.trim()) ?? []
  const plain = name.trim().toLowerCase()
  const literals = list.match(argument) ?? []
  return {
    function: plain === 'default' ? 'mask_default' : withoutKeyspace(plain, keyspace),
    arguments:
      list.trim() === ''
        ? []
        : literals.map((literal) => ({ literal: canonical(literal.trim()), isExact: true })),
  }
}

/** Reads a row of `system_schema.column_masks`. */
export function storedMask(row: Row, keyspace: string): Mask {
  const values = listOf(row['function_argument_values'])
  const nulls = listOf(row['function_argument_nulls'])
  return {
    function: withoutKeyspace(
      `${String(row['function_keyspace'])}.${String(row['function_name'])}`,
      keyspace,
    ),
    arguments: listOf(row['function_argument_types']).map((type, i) =>
      nulls[i] === true
        ? { literal: 'null', isExact: true }
        : storedArgument(String(type), String(values[i])),
    ),
  }
}

/** Prints a mask as CQL; undefined if an argument has no literal or the name needs quotes. */
export function printMask({ function: name, arguments: args }: Mask): string | undefined {
  const literals = args.map(({ literal }) => literal)
  return literals.includes(undefined) || !/^[a-z]\w*(?:\.[a-z]\w*)?$/u.test(name)
    ? undefined
    : `${name}(${literals.join(', ')})`
}

/** Compares a declared mask with a stored one. An argument that the server may store otherwise than written counts as equal. */
export function sameMask(declared: Mask, stored: Mask): boolean {
  return (
    declared.function === stored.function &&
    declared.arguments.length === stored.arguments.length &&
    declared.arguments.every(({ literal }, i) => {
      const other = stored.arguments[i]
      return other?.isExact !== true || other.literal === literal
    })
  )
}

function withoutKeyspace(name: string, keyspace: string): string {
  const own = ['system.', `${keyspace}.`].find((prefix) => name.startsWith(prefix))
  return own === undefined ? name : name.slice(own.length)
}

/** The types whose values have one literal, after `canonical`. */
const exactTypes: ReadonlySet<string> = new Set(
  'ascii text varchar tinyint smallint int bigint varint float double decimal boolean uuid timeuuid'.split(
    ' ',
  ),
)
const quotedTypes: ReadonlySet<string> = new Set(
  'ascii text varchar timestamp date time inet'.split(' '),
)
const plainTypes: ReadonlySet<string> = new Set(
  'tinyint smallint int bigint varint float double decimal boolean uuid timeuuid duration'.split(
    ' ',
  ),
)

function storedArgument(type: string, value: string): MaskArgument {
  const isExact = exactTypes.has(type)
  if (quotedTypes.has(type)) return { literal: `'${value.replaceAll("'", "''")}'`, isExact }
  return { literal: plainTypes.has(type) ? canonical(value) : undefined, isExact }
}

/** Returns one text for all literals of a number, a boolean or a uuid: `1.50` and `15e-1` are `1.5`. */
function canonical(literal: string): string {
  if (literal.startsWith("'")) return literal
  return /^-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/iu.test(literal) && !/^-?\d{16,}$/u.test(literal)
    ? String(Number(literal))
    : literal.toLowerCase()
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : []
}
