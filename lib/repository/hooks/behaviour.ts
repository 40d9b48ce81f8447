import { type Class, type HookEvent, hookEvents } from '../../metadata/declaration'
import type { ColumnMetadata, EntityMetadata } from '../../metadata/entity-metadata'
import type { ValidationOptions } from '../../metadata/validation-options'
import { memberOf } from '../inheritance/discriminate'

/** What is called with an entity when something happens to it. */
export type Step = (entity: object) => unknown

/** What happens to the entities of one class beside reading and writing them. */
export interface ClassBehaviour {
  readonly metadata: EntityMetadata
  /** The class's own methods, those of bases first. */
  readonly steps: Readonly<Partial<Record<HookEvent, readonly Step[]>>>
  /** What is set when the row is made, and never changed by a later save. */
  readonly createDates: readonly ColumnMetadata[]
  /** What is set with every write. */
  readonly updateDates: readonly ColumnMetadata[]
  /** How its constraints are run before a write; undefined: not unless the call asks for it. */
  readonly validation: ValidationOptions | undefined
}

/** What happens to the entities of a repository, which may be of several classes in one table. */
export class Behaviour {
  /** That of the repository's own class. */
  readonly own: ClassBehaviour
  /** True: it matters whether an entity was read or written before. */
  readonly needsKnown: boolean
  /** True: something is done to updates. */
  readonly concernsUpdates: boolean
  /** True: something is done to what is read. */
  readonly concernsReads: boolean
  readonly #ofClasses: ReadonlyMap<Class, ClassBehaviour>

  /** The class's own, and those of the classes that its rows may be of. */
  constructor(
    private readonly metadata: EntityMetadata,
    own: ClassBehaviour,
    classes: readonly ClassBehaviour[],
  ) {
    this.own = own
    this.#ofClasses = new Map(classes.map((each) => [each.metadata.target, each]))
    this.needsKnown = classes.some(isKnowing)
    this.concernsUpdates = own.updateDates.length > 0 || own.validation !== undefined
    this.concernsReads =
      this.needsKnown || classes.some(({ steps }) => steps.afterLoad !== undefined)
  }

  /** Of an entity that is to be written: an instance, or plain properties that say of which class they are. */
  of(given: object): ClassBehaviour {
    return this.#of(memberOf(this.metadata, given)?.target)
  }

  ofClass(target: Class): ClassBehaviour {
    return this.#of(target)
  }

  /** Of an entity that was read: an instance. */
  ofInstance(given: object): ClassBehaviour {
    return this.metadata.inheritance === undefined ? this.own : this.#of(given.constructor as Class)
  }

  #of(target: Class | undefined): ClassBehaviour {
    return (target === undefined ? undefined : this.#ofClasses.get(target)) ?? this.own
  }
}

/** True where a save is not just an insert of what is set. */
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

function isKnowing({ steps, createDates, metadata }: ClassBehaviour): boolean {
  if (dependsOnStored(metadata) || createDates.length > 0) return true
  return hookEvents.some((event) => isTold[event] && steps[event] !== undefined)
}
