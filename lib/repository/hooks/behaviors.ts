import { type Class, type HookEvent, hookEvents } from '../../metadata/declaration'
import type { ColumnMetadata, EntityMetadata } from '../../metadata/entity-metadata'
import { isDerived } from '../../metadata/single-table'
import type { ValidationOptions } from '../../metadata/validation-options'
import type { Subscription } from '../../metadata/build/build-subscription'
import { BoundedCache } from '../../plan/bounded-cache'
import { Behavior, type ClassBehavior, type Step, dependsOnStored } from './behavior'
import { KnownEntities } from '../tracking/known-entities'
import { classShapeOf } from '../../metadata/class-shape'
import { isConstrained } from '../../validation/validate-entity'

/** The place where every call looks up the behavior of an entity. */
export interface BehaviorSlot {
  /** The behavior; undefined if entities are only read and written. */
  readonly behavior: Behavior | undefined
}

/** The number of tables whose known entities are kept. The least recently used table is forgotten first. */
const maxTables = 10_000

/** Builds and caches the behaviors of the entities of a data source. */
export class Behaviors {
  readonly #subscriptions: Subscription[] = []
  readonly #slots = new Map<EntityMetadata, { behavior: Behavior | undefined }>()
  readonly #known = new BoundedCache<KnownEntities>(maxTables)

  /** Subscribers are told of the data source. */
  constructor(
    private readonly metadataOf: (target: Class) => EntityMetadata,
    private readonly dataSource: object,
    private readonly validate: boolean | ValidationOptions = false,
  ) {}

  /** Returns the validation options for a call that asks for validation. */
  validationOf({ validate }: EntityMetadata): ValidationOptions {
    return [validate, this.validate].find((each) => typeof each === 'object') ?? {}
  }

  /** Adds a subscriber after the others. Adding it again has no effect. */
  subscribe(subscription: Subscription): void {
    if (this.subscribers.includes(subscription.subscriber)) return
    this.#subscriptions.push(subscription)
    for (const [metadata, slot] of this.#slots) slot.behavior = this.#build(metadata)
  }

  get subscribers(): readonly object[] {
    return Object.freeze(this.#subscriptions.map(({ subscriber }) => subscriber))
  }

  /** Returns the slot of an entity, always the same one. */
  slotOf(metadata: EntityMetadata): BehaviorSlot {
    let slot = this.#slots.get(metadata)
    if (slot === undefined) {
      slot = { behavior: this.#build(metadata) }
      this.#slots.set(metadata, slot)
    }
    return slot
  }

  /** The entities of a table that were read or written here. */
  knownOf(keyspace: string, { table }: EntityMetadata): KnownEntities {
    return this.#known.get(`${keyspace}.${table}`, () => new KnownEntities())
  }

  #build(metadata: EntityMetadata): Behavior | undefined {
    const { inheritance } = metadata
    const own = this.#ofClass(metadata)
    const others =
      inheritance?.classes
        .filter(({ target }) => target !== metadata.target)
        .map(({ target }) => this.#ofClass(this.metadataOf(target))) ?? []
    const all = [own, ...others]
    return all.some(isAnything) ? new Behavior(metadata, own, all) : undefined
  }

  #ofClass(metadata: EntityMetadata): ClassBehavior {
    const steps: Partial<Record<HookEvent, readonly Step[]>> = {}
    for (const event of hookEvents) {
      const ofEvent = [...methodSteps(metadata, event), ...this.#subscriberSteps(metadata, event)]
      if (ofEvent.length > 0) steps[event] = ofEvent
    }
    const dated = (date: ColumnMetadata['date']) =>
      columnsOf(metadata).filter((column) => column.date === date)
    const isValidated = (metadata.validate ?? this.validate) !== false
    const validation =
      isValidated && isConstrained(classShapeOf(metadata)) ? this.validationOf(metadata) : undefined
    return {
      metadata,
      steps,
      createDates: dated('create'),
      updateDates: dated('update'),
      validation,
    }
  }

  #subscriberSteps(metadata: EntityMetadata, event: HookEvent): readonly Step[] {
    return this.#subscriptions
      .filter(
        ({ of }) => of === undefined || of === metadata.target || isDerived(metadata.target, of),
      )
      .map(({ subscriber }) => subscriber as Methods)
      .filter((subscriber) => typeof subscriber[event] === 'function')
      .map((subscriber): Step => {
        return (entity) => {
          const method = subscriber[event] as (event: object) => unknown
          return method.call(subscriber, { entity, metadata, dataSource: this.dataSource })
        }
      })
  }
}

function isAnything(behavior: ClassBehavior): boolean {
  const { steps, createDates, updateDates, validation, metadata } = behavior
  return (
    dependsOnStored(metadata) ||
    Object.keys(steps).length > 0 ||
    createDates.length > 0 ||
    updateDates.length > 0 ||
    validation !== undefined
  )
}

/** The columns of the class, without those of derived classes in the same table. */
function columnsOf({ columns, inheritance, target }: EntityMetadata): readonly ColumnMetadata[] {
  if (inheritance === undefined) return columns
  const { base, classes } = inheritance
  const own = classes.find((each) => each.target === target) ?? base
  return columns.filter(({ property }) => own.properties.includes(property))
}

function methodSteps({ hooks, target }: EntityMetadata, event: HookEvent): readonly Step[] {
  return (hooks?.[event] ?? []).map((name): Step => {
    return (entity) => {
      const own = (entity as Methods)[name]
      // Plain properties have no methods of their own: those of the class serve them.
      const method = typeof own === 'function' ? own : (target.prototype as Methods)[name]
      return (method as () => unknown).call(entity)
    }
  })
}

type Methods = Readonly<Record<string | symbol, unknown>>
