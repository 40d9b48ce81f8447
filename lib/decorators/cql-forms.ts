import type { words } from '../errors/words'
import type {
  BigDecimal,
  Duration,
  InetAddress,
  LocalDate,
  LocalTime,
  TimeUuid,
  Uuid,
} from '../driver/types/value-classes'
import type { NativeName, TextLikeName } from '../cql/native-types'
import type { Class } from '../metadata/declaration'

/** The property types of a column: `is` without `as`, and one more per `as`. */
interface Forms {
  readonly is: unknown
}

/** The driver's classes overlap in structure: these members keep others from passing as a Uuid. */
type OnlyUuid = Uuid & { getDate?: undefined; version?: undefined }

type Big = { is: bigint; number: number; string: string }
type Texted<T> = { is: T; string: string }

/** Every scalar type with its property types. */
interface Scalars {
  ascii: { is: string }
  text: { is: string }
  varchar: { is: string }
  tinyint: { is: number }
  smallint: { is: number }
  int: { is: number }
  float: { is: number }
  double: { is: number }
  bigint: Big
  varint: Big
  decimal: { is: BigDecimal; string: string; number: number }
  boolean: { is: boolean }
  uuid: Texted<OnlyUuid>
  timeuuid: Texted<TimeUuid>
  timestamp: { is: Date; number: number }
  date: Texted<LocalDate>
  time: Texted<LocalTime>
  duration: Texted<Duration>
  inet: Texted<InetAddress>
  blob: { is: Buffer }
}

/** Does not compile while a native type has no forms; a counter has a decorator of its own. */
type Complete<S extends Record<Exclude<NativeName, 'counter'>, Forms>> = S

type TextLike = TextLikeName | 'varchar'

type Trim<S extends string> = S extends
  ` ${infer R}` | `\n${infer R}` | `${infer R} ` | `${infer R}\n`
  ? Trim<R>
  : S

type Count<
  S extends string,
  C extends string,
  A extends 0[] = [],
> = S extends `${string}${C}${infer R}` ? Count<R, C, [...A, 0]> : A['length']

type IsBalanced<S extends string> = Count<S, '<'> extends Count<S, '>'> ? true : false

/** The parts between the commas that stand in no inner `<>`. */
type Split<
  S extends string,
  Part extends string = '',
  Out extends string[] = [],
> = S extends `${infer H},${infer R}`
  ? IsBalanced<`${Part}${H}`> extends true
    ? Split<R, '', [...Out, Trim<`${Part}${H}`>]>
    : Split<R, `${Part}${H},`, Out>
  : [...Out, Trim<`${Part}${S}`>]

/** The forms of a type in text, or a text that says what is wrong with it. */
type Parse<S extends string> = S extends keyof Complete<Scalars>
  ? Scalars[S]
  : S extends 'counter'
    ? 'a counter is declared with @CounterColumn()'
    : S extends `${infer Name}<${infer Inner}>`
      ? Generic<Trim<Name>, Split<Inner>, S>
      : S extends `${string}<${string}`
        ? `'${S}' is not a CQL type: a '>' is missing`
        : S extends keyof typeof words.type
          ? `'${S}' is not a CQL type; ${(typeof words.type)[S]}`
          : `'${S}' is not a CQL type; a user-defined type is written () => TheClass`

type Generic<Name extends string, Parts extends string[], S extends string> = Name extends 'frozen'
  ? Parts extends [infer T extends string]
    ? Parse<T>
    : 'frozen<T> takes one type'
  : Name extends 'list'
    ? Parts extends [infer T extends string]
      ? ListOf<Parse<T>>
      : 'list<T> takes one type'
    : Name extends 'set'
      ? Parts extends [infer T extends string]
        ? SetOf<Parse<T>>
        : 'set<T> takes one type'
      : Name extends 'map'
        ? Parts extends [infer K extends string, infer V extends string]
          ? MapOf<Parse<K>, Parse<V>, K>
          : 'map<K, V> takes two types'
        : Name extends 'tuple'
          ? TupleOf<Parts>
          : Name extends 'vector'
            ? Parts extends [infer T extends string, infer N extends string]
              ? N extends `${number}`
                ? VectorOf<Parse<T>, T>
                : `vector<T, n>: '${N}' is not a number`
              : 'vector<T, n> takes a type and a number'
            : `'${S}' is not a CQL type; a user-defined type is written () => TheClass`

type ListOf<P> = P extends string ? P : P extends Forms ? { is: readonly P['is'][] } : never
type SetOf<P> = P extends string
  ? P
  : P extends Forms
    ? { is: ReadonlySet<P['is']>; array: readonly P['is'][] }
    : never
type MapOf<K, V, Key> = K extends string
  ? K
  : V extends string
    ? V
    : K extends Forms
      ? V extends Forms
        ? Key extends TextLike
          ? {
              is: ReadonlyMap<K['is'], V['is']>
              object: { readonly [key: string]: V['is'] }
            }
          : { is: ReadonlyMap<K['is'], V['is']> }
        : never
      : never
type VectorOf<P, Of> = P extends string
  ? P
  : P extends Forms
    ? Of extends 'float'
      ? { is: readonly number[]; float32: Float32Array }
      : { is: readonly P['is'][] }
    : never
type TupleOf<Parts extends string[], Out extends readonly unknown[] = []> = Parts extends [
  infer H extends string,
  ...infer R extends string[],
]
  ? Parse<H> extends infer P
    ? P extends string
      ? P
      : P extends Forms
        ? TupleOf<R, [...Out, P['is'] | null]>
        : never
    : never
  : { is: Readonly<Out> }

/** A type made with a builder; `forms` exists for the compiler only. */
export interface BuiltType<F extends Forms = Forms> {
  readonly kind: string
  readonly forms?: F
}

/** A type as a decorator or builder takes it. */
export type TypeInput = string | BuiltType | (() => Class)

/** A text that the compiler does not know: checked when the metadata is built. */
type Unchecked = Record<'is' | 'string' | 'number' | 'array' | 'object' | 'float32', unknown>

type ParseInput<C> = C extends string
  ? string extends C
    ? Unchecked
    : Parse<Lowercase<Trim<C>>>
  : C extends BuiltType<infer F>
    ? F
    : C extends () => Class<infer E>
      ? { is: E }
      : never

/** The type itself, or a text that says what is wrong with it. */
export type Checked<C> = ParseInput<C> extends string ? ParseInput<C> : C

/** The property types of a type. */
export type FormsOf<C> = ParseInput<C> extends infer F extends Forms ? F : { is: unknown }

/** The values that `as` may have for a type. */
export type AsOf<C> = Exclude<keyof FormsOf<C>, 'is'> & string

/** The property type of a column of type `C`, read `as` `A`. */
export type PropertyOf<C, A extends string = never> = [A] extends [never]
  ? FormsOf<C>['is']
  : A extends keyof FormsOf<C>
    ? FormsOf<C>[A]
    : never

/** A collection made of the forms of its parts. */
export type ListForms<C> = Extract<ListOf<FormsOf<C>>, Forms>
export type SetForms<C> = Extract<SetOf<FormsOf<C>>, Forms>
export type MapForms<K, V> = Extract<MapOf<FormsOf<K>, FormsOf<V>, K>, Forms>
export type VectorForms<C> = Extract<VectorOf<FormsOf<C>, C>, Forms>
export type TupleForms<C extends readonly unknown[]> = {
  is: { readonly [I in keyof C]: FormsOf<C[I]>['is'] | null }
}
