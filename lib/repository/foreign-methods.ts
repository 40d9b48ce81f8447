import type { words } from '../errors/words'
import type { Refused } from '../statement/where'

/*
 * Methods of other libraries that people look for here: none exists, the compiler shows what to call instead. They are
 * methods, so that a class of repositories can have methods of its own with these names.
 */

/** Methods of reading that do not exist. */
export interface ForeignReads {
  /**
   * A name of another library, which coodie does not have.
   *
   * @deprecated use findPage(), and count() if you need the number.
   */
  findAndCount?(this: Refused<(typeof words.method)['findAndCount']>, ...args: never[]): unknown
  /**
   * A name of another library, which coodie does not have.
   *
   * @deprecated use findBy({ id: In(ids) }).
   */
  findByIds?(this: Refused<(typeof words.method)['findByIds']>, ...args: never[]): unknown
  /**
   * A name of another library, which coodie does not have.
   *
   * @deprecated use findOneBy({ id }).
   */
  findOneById?(this: Refused<(typeof words.method)['findOneById']>, ...args: never[]): unknown
  /**
   * A name of another library, which coodie does not have.
   *
   * @deprecated use find().
   */
  findMany?(this: Refused<(typeof words.method)['findMany']>, ...args: never[]): unknown
  /**
   * A name of another library, which coodie does not have.
   *
   * @deprecated use findOneBy({ id }).
   */
  findUnique?(this: Refused<(typeof words.method)['findUnique']>, ...args: never[]): unknown
  /**
   * A name of another library, which coodie does not have.
   *
   * @deprecated use findOne().
   */
  findFirst?(this: Refused<(typeof words.method)['findFirst']>, ...args: never[]): unknown
  /**
   * A name of another library, which coodie does not have.
   *
   * @deprecated use find() and its options, or query() with a cql`…` fragment.
   */
  createQueryBuilder?(
    this: Refused<(typeof words.method)['createQueryBuilder']>,
    ...args: never[]
  ): unknown
  /**
   * A name of another library, which coodie does not have.
   *
   * @deprecated use repositories: db.getRepository(Product).
   */
  readonly manager?: unknown
}

/** Methods of writing that do not exist. */
export interface ForeignWrites {
  /**
   * A name of another library, which coodie does not have.
   *
   * @deprecated save() writes whether the row exists or not.
   */
  upsert?(this: Refused<(typeof words.method)['upsert']>, ...args: never[]): unknown
  /**
   * A name of another library, which coodie does not have.
   *
   * @deprecated use delete(), or a ttl.
   */
  softDelete?(this: Refused<(typeof words.method)['softDelete']>, ...args: never[]): unknown
  /**
   * A name of another library, which coodie does not have.
   *
   * @deprecated use remove(), or a ttl.
   */
  softRemove?(this: Refused<(typeof words.method)['softRemove']>, ...args: never[]): unknown
  /**
   * A name of another library, which coodie does not have.
   *
   * @deprecated rows are not deleted softly here.
   */
  restore?(this: Refused<(typeof words.method)['restore']>, ...args: never[]): unknown
  /**
   * A name of another library, which coodie does not have.
   *
   * @deprecated use truncate().
   */
  clear?(this: Refused<(typeof words.method)['clear']>, ...args: never[]): unknown
  /**
   * A name of another library, which coodie does not have.
   *
   * @deprecated assign the properties, and save().
   */
  merge?(this: Refused<(typeof words.method)['merge']>, ...args: never[]): unknown
  /**
   * A name of another library, which coodie does not have.
   *
   * @deprecated use findOneBy(), assign the properties, and save().
   */
  preload?(this: Refused<(typeof words.method)['preload']>, ...args: never[]): unknown
}

/** Methods of data sources that do not exist. */
export interface ForeignDataSource {
  /**
   * A name of another library, which coodie does not have.
   *
   * @deprecated Cassandra has no transactions: use db.batch(), or conditional writes.
   */
  transaction?(this: Refused<(typeof words.method)['transaction']>, ...args: never[]): unknown
  /**
   * A name of another library, which coodie does not have.
   *
   * @deprecated use find() and its options, or query() with a cql`…` fragment.
   */
  createQueryBuilder?(
    this: Refused<(typeof words.method)['createQueryBuilder']>,
    ...args: never[]
  ): unknown
  /**
   * A name of another library, which coodie does not have.
   *
   * @deprecated use repositories: db.getRepository(Product).
   */
  readonly manager?: unknown
}
