import {
  type ArgumentMetadata,
  BadRequestException,
  Injectable,
  type PipeTransform,
} from '@nestjs/common'
import { TimeUuid, Uuid } from '../index'

const pattern = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/iu
const ofTime = /^.{14}1/u

/** Reads a uuid in text. Throws `BadRequestException` if the parameter is something else. */
function read(value: unknown, { data }: ArgumentMetadata, isTime: boolean): string {
  if (typeof value === 'string' && pattern.test(value) && (!isTime || ofTime.test(value))) {
    return value
  }
  throw new BadRequestException(
    `${data ?? 'the value'} must be a ${isTime ? 'timeuuid (a uuid of version 1)' : 'uuid'}`,
  )
}

/**
 * Converts a parameter to a `Uuid`; status 400 if it is not a uuid.
 *
 * ```ts
 * // find(@Param('id', UuidPipe) id: Uuid)
 * ```
 */
@Injectable()
export class UuidPipe implements PipeTransform<unknown, Uuid> {
  /** Converts a parameter; called by Nest. Throws `BadRequestException`. */
  transform(value: unknown, metadata: ArgumentMetadata): Uuid {
    return Uuid.fromString(read(value, metadata, false))
  }
}

/**
 * Converts a parameter to a `TimeUuid`; status 400 if it is not a uuid of version 1.
 *
 * ```ts
 * // find(@Param('id', TimeUuidPipe) id: TimeUuid)
 * ```
 */
@Injectable()
export class TimeUuidPipe implements PipeTransform<unknown, TimeUuid> {
  /** Converts a parameter; called by Nest. Throws `BadRequestException`. */
  transform(value: unknown, metadata: ArgumentMetadata): TimeUuid {
    return TimeUuid.fromString(read(value, metadata, true))
  }
}
