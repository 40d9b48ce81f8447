import type { HookEvent } from '../metadata/declaration'
import { type PropertyArguments, placementOfMethod } from './adapter'

type Instance = ClassMethodDecoratorContext & { readonly static: false; readonly private: false }

/** A decorator of methods without parameters, sync or async: one for legacy and for TC39 decorators. */
export interface HookDecorator {
  <M extends () => unknown>(
    target: object & { readonly prototype?: never },
    method: string | symbol,
    descriptor: TypedPropertyDescriptor<M>,
  ): void
  (method: () => unknown, context: Instance): void
}

function hook(event: HookEvent): HookDecorator {
  return (...args: PropertyArguments) => {
    const { declarations, method, misplaced } = placementOfMethod(args)
    declarations.hooks.push({ event, method, misplaced })
  }
}

/**
 * A method that is called before the entity is inserted: by `insert`, and by `save` of an entity that was neither
 * read nor written here before. What it changes is written. When it throws, nothing is sent.
 *
 * ```ts
 * @Entity('accounts')
 * class Account {
 *   @PartitionKey('text') email!: string
 *
 *   @BeforeInsert()
 *   @BeforeUpdate()
 *   normalize() {
 *     this.email = this.email.toLowerCase()
 *   }
 * }
 * ```
 */
export function BeforeInsert(): HookDecorator {
  return hook('beforeInsert')
}

/** A method that is called after the entity was inserted; of an insert with `ifNotExists` only when it was applied. */
export function AfterInsert(): HookDecorator {
  return hook('afterInsert')
}

/**
 * A method that is called before an entity is saved that was read or written here before. What it changes is written.
 * When it throws, nothing is sent. `update()` has no entity and calls none.
 */
export function BeforeUpdate(): HookDecorator {
  return hook('beforeUpdate')
}

/** A method that is called after an entity was saved that was read or written here before. */
export function AfterUpdate(): HookDecorator {
  return hook('afterUpdate')
}

/**
 * A method that is called before `remove` of the entity. When it throws, nothing is sent. `delete()` has no entity and
 * calls none.
 */
export function BeforeRemove(): HookDecorator {
  return hook('beforeRemove')
}

/** A method that is called after the entity was removed; of a conditional `remove` only when it was applied. */
export function AfterRemove(): HookDecorator {
  return hook('afterRemove')
}

/**
 * A method that is called when the entity was read as a whole, by whatever read. Projections (`select`) have only some
 * of the properties and call none.
 *
 * ```ts
 * @Entity('accounts')
 * class Account {
 *   @PartitionKey('text') email!: string
 *   domain = ''
 *
 *   @AfterLoad()
 *   split() {
 *     this.domain = this.email.split('@')[1] ?? ''
 *   }
 * }
 * ```
 */
export function AfterLoad(): HookDecorator {
  return hook('afterLoad')
}

/** The decorator of each event. */
export const hookDecorators = {
  beforeInsert: BeforeInsert,
  afterInsert: AfterInsert,
  beforeUpdate: BeforeUpdate,
  afterUpdate: AfterUpdate,
  beforeRemove: BeforeRemove,
  afterRemove: AfterRemove,
  afterLoad: AfterLoad,
} as const satisfies Record<HookEvent, () => HookDecorator>
