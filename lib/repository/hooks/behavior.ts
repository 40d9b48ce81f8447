import { type Class, type HookEvent, hookEvents } from '../../metadata/declaration'
import type { ColumnMetadata, EntityMetadata } from '../../metadata/entity-metadata'
import type { ValidationOptions } from '../../metadata/validation-options'
import { memberOf } from '../inheritance/discriminate'

/** A function that is called with an entity at an event. */
export type Step = (entity: object) => unknown

/** The hooks, dates and validation of one class. */
export interface ClassBehavior {
  readonly metadata: EntityMetadata
  /** The hooks: methods of the class, those of bases first, then subscribers. */
  readonly steps: Readonly<Partial<Record<HookEvent, readonly Step[]>>>
  /** The date columns that are set when the row is created. A later save never changes them. */
  readonly createDates: readonly ColumnMetadata[]
  /** The date columns that every write sets. */
  readonly updateDates: readonly ColumnMetadata[]
  /** The validation before a write; undefined if only the call can turn it on. */
  readonly validation: ValidationOptions | undefined
}

/** The behaviors of the entities of a repository, which may belong to several classes in one table. */
export class Behavior {
  /** The behavior of the repository's own class. */
  readonly own: ClassBehavior
  /** `true` if it matters that an entity was read or written before. */
  readonly needsKnown: boolean
  /** `true` if updates are affected. */
  readonly concernsUpdates: boolean
  /** `true` if reads are affected. */
  readonly concernsReads: boolean
  readonly #ofClasses: ReadonlyMap<Class, ClassBehavior>

  /** `own` is the behavior of the class, `classes` those of all classes that its rows can belong to. */
  constructor(
    private readonly metadata: EntityMetadata,
    own: ClassBehavior,
    classes: readonly ClassBehavior[],
  ) {
    this.own = own
    this.#ofClasses = new Map(classes.map((each) => [each.metadata.target, each]))
    this.needsKnown = classes.some(isKnowing)
    this.concernsUpdates = own.updateDates.length > 0 || own.validation !== undefined
    this.concernsReads =
      this.needsKnown || classes.some(({ steps }) => steps.afterLoad !== undefined)
  }

  /**
   * Returns the behavior of an entity to be written: an instance, or plain properties that contain the value of its
   * class.
   */
  of(given: object): ClassBehavior {
    return this.#of(memberOf(this.metadata, given)?.target)
  }

  ofClass(target: Class): ClassBehavior {
    return this.#of(target)
  }

  /** Returns the behavior of an entity that was read, which is an instance. */
  ofInstance(given: object): ClassBehavior {
    return this.metadata.inheritance === undefined ? this.own : this.#of(given.constructor as Class)
  }

  #of(target: Class | undefined): ClassBehavior {
    return (target === undefined ? undefined : this.#ofClasses.get(target)) ?? this.own
  }
}

/** Returns `true` if a save depends on the stored row, and is not only an insert of what is set. */
export function dependsOnStored({ version, tracksChanges }: EntityMetadata): boolean {
  return version !== undefined || tracksChanges
}

/** The events that are told apart by whether the entity was read or written here before. */
const isTold: Readonly<Record<HookEvent, boolean>> = {
  beforeInsert: true,
  afterInsert: true,
  beforeUpdate: true,
  afterUpdate: true,
  beforeRemove: false,
  afterRemove: false,
  afterLoad: false,
}

function isKnowing({ steps, createDates, metadata }: ClassBehavior): boolean {
  if (dependsOnStored(metadata) || createDates.length > 0) return true
  return hookEvents.some((event) => isTold[event] && steps[event] !== undefined)
}
