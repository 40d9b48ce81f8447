import type { TypeExpression } from '../metadata/declaration'
import type {
  BuiltType,
  Checked,
  FormsOf,
  ListForms,
  MapForms,
  SetForms,
  TupleForms,
  TypeInput,
  VectorForms,
} from './cql-forms'

type Kind = Exclude<TypeExpression, string | (() => unknown)>

function built<B>(expression: Kind): B {
  return Object.freeze(expression) as B
}

/** `list<…>` of a text or another builder: `list(frozen(list('int')))`. */
export function list<const C extends TypeInput>(of: Checked<C>): BuiltType<ListForms<C>> {
  return built({ kind: 'list', of: of as TypeExpression })
}

/** `set<…>` */
export function set<const C extends TypeInput>(of: Checked<C>): BuiltType<SetForms<C>> {
  return built({ kind: 'set', of: of as TypeExpression })
}

/** `map<…, …>` */
export function map<const K extends TypeInput, const V extends TypeInput>(
  key: Checked<K>,
  value: Checked<V>,
): BuiltType<MapForms<K, V>> {
  return built({ kind: 'map', key: key as TypeExpression, value: value as TypeExpression })
}

/** `tuple<…, …>` */
export function tuple<const C extends readonly TypeInput[]>(
  ...of: { [I in keyof C]: Checked<C[I]> }
): BuiltType<TupleForms<C>> {
  return built({ kind: 'tuple', of: of as readonly TypeExpression[] })
}

/** `vector<…, n>` */
export function vector<const C extends TypeInput>(
  of: Checked<C>,
  dimension: number,
): BuiltType<VectorForms<C>> {
  return built({ kind: 'vector', of: of as TypeExpression, dimension })
}

/** `frozen<…>` */
export function frozen<const C extends TypeInput>(of: Checked<C>): BuiltType<FormsOf<C>> {
  return built({ kind: 'frozen', of: of as TypeExpression })
}
