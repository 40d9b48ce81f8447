import type { Codec, Nested } from '../codec/codec'
import { type CodeGeneration, compile, quote } from './compile'

/** One property on its way into a plain value. */
export interface PlainStep {
  readonly property: string
  /** Its name there. */
  readonly name: string
  /** The codec of a column or field that is converted by nothing else; if undefined, `convert` converts it. */
  readonly codec: Codec | undefined
  /** Takes undefined and null too. */
  readonly convert: (value: unknown, entity: object) => unknown
}

/** From an entity to an object that JSON can hold. What is undefined is left out. */
export type PlainWriter = (entity: object) => Record<string, unknown>

/** Compiles the properties of a class into one function. What a step throws goes to `refuse`. */
export function compilePlainWriter(
  steps: readonly PlainStep[],
  nested: Nested,
  refuse: (property: string, error: unknown) => never,
  mode: CodeGeneration,
): PlainWriter {
  const refuseAt = (at: number, error: unknown): never => refuse(steps[at]?.property ?? '', error)
  return mode === 'generated'
    ? generated(steps, nested, refuseAt)
    : composed(steps, nested, refuseAt)
}

type Refuse = (at: number, error: unknown) => never

function generated(steps: readonly PlainStep[], nested: Nested, refuse: Refuse): PlainWriter {
  const lines = steps.map(({ property, name, codec }, i) => {
    const given = `at = ${i}; value = entity[${quote(property)}];`
    const target = `plain[${quote(name)}]`
    return codec === undefined
      ? `${given} value = steps[${i}].convert(value, entity); if (value !== undefined) ${target} = value;`
      : `${given} if (value !== undefined) ${target} = value === null ? null : codec${i}.toPlain(value, nested);`
  })
  return compile<PlainWriter>(
    `${steps.map((_, i) => `const codec${i} = steps[${i}].codec;`).join('\n')}
return function toPlain(entity) {
  const plain = make();
  let at = 0, value;
  try {
    ${lines.join('\n    ')}
  } catch (error) { refuse(at, error) }
  return plain
}`,
    { steps, nested, refuse, make },
  )
}

/** Generated code may run in another realm than ours, whose plain objects are of another class. */
function make(): Record<string, unknown> {
  return {}
}

function composed(steps: readonly PlainStep[], nested: Nested, refuse: Refuse): PlainWriter {
  return (entity) => {
    const plain: Record<string, unknown> = {}
    steps.forEach(({ property, name, codec, convert }, at) => {
      const value = (entity as Readonly<Record<string, unknown>>)[property]
      try {
        const made =
          codec === undefined
            ? convert(value, entity)
            : value === undefined || value === null
              ? value
              : codec.toPlain(value, nested)
        if (made !== undefined) plain[name] = made
      } catch (error) {
        refuse(at, error)
      }
    })
    return plain
  }
}
