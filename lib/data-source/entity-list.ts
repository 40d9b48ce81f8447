import { StatementError } from '../errors/errors'
import { buildMetadata } from '../metadata/build/build-metadata'
import { buildUserType } from '../metadata/build/build-user-type'
import { refuseSharedTables } from '../metadata/build/refuse-shared-tables'
import { type Class, ownDeclarations } from '../metadata/declaration'
import type { EntityMetadata } from '../metadata/entity-metadata'
import type { NamingStrategy } from '../metadata/naming-strategy'
import type { UserTypeMetadata } from '../metadata/user-type'
import { loadEntities } from './load-entities'

/** The classes of a data source and their metadata. */
export class EntityList {
  readonly #given: readonly (Class | string)[]
  readonly #naming: NamingStrategy | undefined
  #loaded: readonly EntityMetadata[] | undefined

  constructor(given: readonly (Class | string)[], naming: NamingStrategy | undefined) {
    this.#given = given
    this.#naming = naming
  }

  /** Builds the metadata of all classes, those in files included. Throws `DeclarationError`. */
  async load(): Promise<readonly EntityMetadata[]> {
    // Types that no entity holds are checked too.
    this.userTypes()
    const classes = await loadEntities(this.#given)
    const metadatas = classes.filter(isEntityClass).map((target) => this.metadataOf(target))
    refuseSharedTables(metadatas)
    this.#loaded = metadatas
    return metadatas
  }

  /** The metadata of all entities; before `load`, of those that were given as classes. */
  get metadatas(): readonly EntityMetadata[] {
    return (
      this.#loaded ?? this.#classes.filter(isEntityClass).map((target) => this.metadataOf(target))
    )
  }

  /** The metadata of each table: classes of one table are one, their base. */
  get tables(): readonly EntityMetadata[] {
    return [...new Set(this.metadatas.map((each) => this.#tableOf(each)))]
  }

  /** The user-defined types that are listed beside the entities. */
  userTypes(): readonly UserTypeMetadata[] {
    return this.#classes
      .filter((target) => !isEntityClass(target))
      .map((target) => buildUserType(target, this.#naming))
  }

  metadataOf(target: Class): EntityMetadata {
    return buildMetadata(target, this.#naming)
  }

  /** Throws `StatementError` if neither the class nor the base of its table is in the list. */
  requireListed(metadata: EntityMetadata): void {
    const { metadatas } = this
    if (metadatas.includes(metadata) || metadatas.includes(this.#tableOf(metadata))) return
    const isTwice = metadatas.some(({ name }) => name === metadata.name)
    throw new StatementError(
      `${metadata.name} is not among the entities of this DataSource; ` +
        (isTwice
          ? 'another class of this name is: its file was loaded twice, as a hot reload or a bundle with several copies does. ' +
            'Make the DataSource and its repositories again with the new classes'
          : 'add it to entities'),
    )
  }

  #tableOf(metadata: EntityMetadata): EntityMetadata {
    const { inheritance } = metadata
    return inheritance === undefined ? metadata : this.metadataOf(inheritance.base.target)
  }

  get #classes(): readonly Class[] {
    return this.#given.filter((each) => typeof each !== 'string')
  }
}

function isEntityClass(target: Class): boolean {
  return typeof target !== 'function' || ownDeclarations(target)?.userType === undefined
}
