export { json } from './codec/transform/json'
export type { EnumOption } from './codec/enums'
export type { Transformer } from './codec/transform/transformer'
export { type CqlFragment, cql } from './cql/cql-tag'
export { DataSource } from './data-source/data-source'
export { type ConnectionConfig, type CoodieConfig, defineConfig } from './data-source/define-config'
export type { DataSourceOptions, SchemaValidation } from './data-source/data-source-options'
export { ChildEntity } from './decorators/child-entity'
export { ClusteringKey } from './decorators/clustering-key'
export { Column } from './decorators/column'
export { ComputedColumn, type ComputedColumnOptions } from './decorators/computed-column'
export { CounterColumn, type CounterColumnOptions } from './decorators/counter-column'
export {
  CreateDateColumn,
  type DateColumnOptions,
  UpdateDateColumn,
} from './decorators/date-columns'
export type { ConstructOption } from './decorators/construct-option'
export { Entity, type EntityOptions } from './decorators/entity'
export { EventSubscriber, type SubscriberDecorator } from './decorators/event-subscriber'
export { Field } from './decorators/field'
export {
  Any,
  ArrayContains,
  BaseEntity,
  Check,
  DeleteDateColumn,
  Generated,
  ILike,
  JoinColumn,
  JoinTable,
  ManyToMany,
  ManyToOne,
  ObjectIdColumn,
  OneToMany,
  OneToOne,
  Or,
  PrimaryColumn,
  PrimaryGeneratedColumn,
  PrimaryKey,
  Property,
  Raw,
  Unique,
  ViewEntity,
} from './decorators/foreign-imports'
export {
  AfterInsert,
  AfterLoad,
  AfterRemove,
  AfterUpdate,
  BeforeInsert,
  BeforeRemove,
  BeforeUpdate,
  type HookDecorator,
} from './decorators/hooks'
export { Index, type IndexOptions } from './decorators/index-decorator'
export { MaterializedView, type MaterializedViewOptions } from './decorators/materialized-view'
export { PartitionKey } from './decorators/partition-key'
export type {
  ClusteringKeyOptions,
  ColumnOptions,
  FieldOptions,
  KeyOptions,
} from './decorators/record-column'
export { StaticColumn } from './decorators/static-column'
export { TableInheritance, type TableInheritanceOptions } from './decorators/table-inheritance'
export { frozen, list, map, set, tuple, vector } from './decorators/type-builders'
export { UserDefinedType, type UserDefinedTypeOptions } from './decorators/user-defined-type'
export { VersionColumn, type VersionColumnOptions } from './decorators/version-column'
export type { Statistics } from './driver/observe/counters'
export type { ExecuteTrace, Warning } from './driver/observe/diagnostics'
export type { Consistency, ExecuteOptions, SerialConsistency } from './driver/execute-options'
export {
  type LogEntry,
  type LogKind,
  type Logging,
  type StatementLogger,
  printLogEntry,
} from './driver/observe/statement-log'
export type { TelemetryProviders } from './driver/observe/telemetry-providers'
export {
  BigDecimal,
  Duration,
  InetAddress,
  LocalDate,
  LocalTime,
  TimeUuid,
  Uuid,
  consistencies,
} from './driver/types/value-classes'
export {
  CoodieError,
  DeclarationError,
  type DeclarationProblem,
  EntityNotFoundError,
  type ErrorCode,
  ExecutionError,
  type ExecutionErrorKind,
  LwtOutcomeUnknownError,
  MassWriteError,
  type MassWriteFailure,
  MigrationError,
  type MigrationErrorDetails,
  MultipleEntitiesFoundError,
  OptimisticLockError,
  SchemaError,
  StatementError,
  ValidationError,
  type ValidationProblem,
  ValueError,
} from './errors/errors'
export type { Class, ComputedFunction, HookEvent } from './metadata/declaration'
export type {
  ColumnMetadata,
  ComputedMetadata,
  DiscriminatorValue,
  EntityMetadata,
  HookMethods,
  IndexMetadata,
  InheritanceMetadata,
  InheritedClass,
} from './metadata/entity-metadata'
export { getEntityMetadata } from './metadata/get-entity-metadata'
export type { FieldMetadata, UserTypeMetadata } from './metadata/user-type'
export { primaryKey } from './metadata/primary-key'
export type { NamingStrategy } from './metadata/naming-strategy'
export type { ValidationOptions } from './metadata/validation-options'
export { Batch } from './repository/batch/batch'
export type {
  BatchDeleteOptions,
  BatchInsertOptions,
  BatchOptions,
  BatchRemoveOptions,
  BatchResult,
  BatchSaveOptions,
  BatchUpdateOptions,
} from './repository/options/batch-options'
export {
  EntityRepository,
  type RepositoryDecorator,
  getRepositoryEntity,
} from './repository/entity-repository'
export { CounterRepository } from './repository/counter-repository'
export type { EntityEvent, EntitySubscriber, EventDataSource } from './repository/entity-subscriber'
export type {
  AggregateOptions,
  AverageOf,
  CountOptions,
  FindOneOptions,
  FindOptions,
  FindPageOptions,
  NearestOptions,
  Neighbor,
  Page,
  PrepareOptions,
  QueryOptions,
  SumOf,
  VectorKey,
} from './repository/options/find-options'
export type { RepositoryDefaults } from './repository/options/repository-defaults'
export type {
  CounterDeleteOptions,
  CounterOptions,
  DeleteIfOptions,
  DeleteOptions,
  IfOptions,
  InsertOptions,
  RemoveIfOptions,
  RemoveOptions,
  SaveAllOptions,
  SaveManyOptions,
  UpdateIfOptions,
  UpdateOptions,
  ValidateOptions,
  WriteOptions,
  MassWriteProgress,
} from './repository/options/write-options'
export type { EntityChanges, PropertyChange } from './repository/tracking/entity-changes'
export type { LwtResult, Outcome } from './repository/write/lwt-result'
export type { PlainOptions } from './repository/options/plain-options'
export { type PreparedPageOptions, PreparedQuery } from './repository/read/prepared-query'
export { ReadRepository } from './repository/read-repository'
export type { ScanOptions, ScanProgress, ScanState } from './repository/options/scan-options'
export { Repository } from './repository/repository'
export type { Change, ChangeSafety, SchemaChangeKind } from './schema/diff/change'
export type { Replication } from './schema/ddl'
export type { Schema, SchemaPlan } from './schema/schema'
export type { DiagramFormat } from './schema/diagram/draw-diagram'
export type { GeneratedFile } from './schema/generate/generate-classes'
export type {
  DiagramOptions,
  DropOptions,
  GenerateOptions,
  SyncOptions,
  SyncProgress,
} from './schema/schema-options'
export {
  Add,
  Append,
  type ColumnChange,
  Decrement,
  type Delta,
  type Elements,
  Fields,
  type FieldsChange,
  Increment,
  Prepend,
  Put,
  type PutChange,
  Remove,
  SetAt,
} from './statement/change'
export {
  And,
  At,
  Between,
  type Condition,
  Contains,
  ContainsKey,
  Entry,
  Equal,
  In,
  IsNull,
  LessThan,
  LessThanOrEqual,
  Like,
  MoreThan,
  MoreThanOrEqual,
  Not,
} from './statement/condition'
export type { FieldConditions, IfConditions } from './statement/if-conditions'
export { Param, param } from './statement/param'
export type { ParamsOf, PreparedWhere } from './statement/prepared-where'
export type {
  Changes,
  ColumnKey,
  CounterDeltas,
  DeleteWhere,
  DeletedElements,
  FieldsOf,
  Filter,
  Input,
  OrderBy,
  Partition,
  TokenFilter,
  TupleFilter,
  UpdateWhere,
  Where,
  WholeKey,
} from './statement/where'
