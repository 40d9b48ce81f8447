import { StatementError } from '../errors/errors'
import { type words, hintFor } from '../errors/words'

/*
 * Names of other libraries that people import from here. Each is of the type `never`, so that no use of it compiles, and
 * throws what to write instead when it is called.
 */

/** Throws `StatementError`: coodie has no such function. */
function refused(name: keyof typeof words.import): never {
  // Not an arrow function, so that a class can extend it and say this when it is called.
  const refuse = function () {
    throw new StatementError(`coodie has no ${name}; ${hintFor('import', name)}`)
  }
  return refuse as never
}

/**
 * A name of another library, which coodie does not have.
 *
 * @deprecated write @PartitionKey('uuid'), and @ClusteringKey() for the order of its rows.
 */
export const PrimaryColumn: never = refused('PrimaryColumn')

/**
 * A name of another library, which coodie does not have.
 *
 * @deprecated write @PartitionKey('uuid') id = Uuid.random(): Cassandra generates no keys.
 */
export const PrimaryGeneratedColumn: never = refused('PrimaryGeneratedColumn')

/**
 * A name of another library, which coodie does not have.
 *
 * @deprecated write @PartitionKey('uuid'), and @ClusteringKey() for the order of its rows.
 */
export const PrimaryKey: never = refused('PrimaryKey')

/**
 * A name of another library, which coodie does not have.
 *
 * @deprecated write @Column('text').
 */
export const Property: never = refused('Property')

/**
 * A name of another library, which coodie does not have.
 *
 * @deprecated give the property an initializer, or write { default: () => Uuid.random() }.
 */
export const Generated: never = refused('Generated')

/**
 * A name of another library, which coodie does not have.
 *
 * @deprecated write @PartitionKey('uuid').
 */
export const ObjectIdColumn: never = refused('ObjectIdColumn')

/**
 * A name of another library, which coodie does not have.
 *
 * @deprecated Cassandra has no joins: store the key of the other entity in a column.
 */
export const ManyToOne: never = refused('ManyToOne')

/**
 * A name of another library, which coodie does not have.
 *
 * @deprecated Cassandra has no joins: make the rows of one partition, with a clustering key.
 */
export const OneToMany: never = refused('OneToMany')

/**
 * A name of another library, which coodie does not have.
 *
 * @deprecated Cassandra has no joins: store both in one table, or the key of the other entity.
 */
export const OneToOne: never = refused('OneToOne')

/**
 * A name of another library, which coodie does not have.
 *
 * @deprecated Cassandra has no joins: write a table for each way that you read.
 */
export const ManyToMany: never = refused('ManyToMany')

/**
 * A name of another library, which coodie does not have.
 *
 * @deprecated Cassandra has no joins: store the key of the other entity in a column.
 */
export const JoinColumn: never = refused('JoinColumn')

/**
 * A name of another library, which coodie does not have.
 *
 * @deprecated Cassandra has no joins: write a table for each way that you read.
 */
export const JoinTable: never = refused('JoinTable')

/**
 * A name of another library, which coodie does not have.
 *
 * @deprecated write @Column('timestamp') deletedAt, or a ttl: rows are not deleted softly here.
 */
export const DeleteDateColumn: never = refused('DeleteDateColumn')

/**
 * A name of another library, which coodie does not have.
 *
 * @deprecated make it the key of a table, and insert with ifNotExists.
 */
export const Unique: never = refused('Unique')

/**
 * A name of another library, which coodie does not have.
 *
 * @deprecated Cassandra has no CHECK: validate with class-validator.
 */
export const Check: never = refused('Check')

/**
 * A name of another library, which coodie does not have.
 *
 * @deprecated write @MaterializedView({ from: () => Product }).
 */
export const ViewEntity: never = refused('ViewEntity')

/**
 * A name of another library, which coodie does not have.
 *
 * @deprecated leave it out: repositories read and write entities.
 */
export const BaseEntity: never = refused('BaseEntity')

/**
 * A name of another library, which coodie does not have.
 *
 * @deprecated use Like('Anv%') with an SAI or SASI index that ignores case.
 */
export const ILike: never = refused('ILike')

/**
 * A name of another library, which coodie does not have.
 *
 * @deprecated write the query as a cql`…` fragment for query().
 */
export const Raw: never = refused('Raw')

/**
 * A name of another library, which coodie does not have.
 *
 * @deprecated use In([…]).
 */
export const Any: never = refused('Any')

/**
 * A name of another library, which coodie does not have.
 *
 * @deprecated use In([…]), or make a query for each alternative: Cassandra has no OR.
 */
export const Or: never = refused('Or')

/**
 * A name of another library, which coodie does not have.
 *
 * @deprecated use Contains(value).
 */
export const ArrayContains: never = refused('ArrayContains')
