import type { HookEvent } from '../metadata/declaration'
import { type PropertyArguments, placementOfMethod } from './adapter'
import { refuseBare } from './refuse-bare'

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

function hook(event: HookEvent, [first, second]: readonly unknown[]): HookDecorator {
  refuseBare(capitalized(event), first, second)
  return (...args: PropertyArguments) => {
    const { declarations, method, misplaced } = placementOfMethod(args)
    declarations.hooks.push({ event, method, misplaced })
  }
}

/**
 * Declares a method that is called before the entity is inserted: by `insert`, and by `save` of an entity that this
 * data source has neither read nor written. Its changes to the entity are written. If it throws, nothing is sent.
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
export function BeforeInsert(): HookDecorator
export function BeforeInsert(...bare: unknown[]): HookDecorator {
  return hook('beforeInsert', bare)
}

/** Declares a method that is called after the entity was inserted. An insert with `ifNotExists` must have been applied. */
export function AfterInsert(): HookDecorator
export function AfterInsert(...bare: unknown[]): HookDecorator {
  return hook('afterInsert', bare)
}

/**
 * Declares a method that is called before `save` of an entity that this data source has read or written. Its changes to
 * the entity are written. If it throws, nothing is sent. `update()` has no entity and calls no hook.
 */
export function BeforeUpdate(): HookDecorator
export function BeforeUpdate(...bare: unknown[]): HookDecorator {
  return hook('beforeUpdate', bare)
}

/** Declares a method that is called after `save` of an entity that this data source has read or written. */
export function AfterUpdate(): HookDecorator
export function AfterUpdate(...bare: unknown[]): HookDecorator {
  return hook('afterUpdate', bare)
}

/**
 * Declares a method that is called before `remove` of the entity. If it throws, nothing is sent. `delete()` has no
 * entity and calls no hook.
 */
export function BeforeRemove(): HookDecorator
export function BeforeRemove(...bare: unknown[]): HookDecorator {
  return hook('beforeRemove', bare)
}

/** Declares a method that is called after the entity was removed. A conditional `remove` must have been applied. */
export function AfterRemove(): HookDecorator
export function AfterRemove(...bare: unknown[]): HookDecorator {
  return hook('afterRemove', bare)
}

/**
 * Declares a method that is called after a read of the whole entity. Projections (`select`) have only some of the
 * properties and call no hook.
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
export function AfterLoad(): HookDecorator
export function AfterLoad(...bare: unknown[]): HookDecorator {
  return hook('afterLoad', bare)
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
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
