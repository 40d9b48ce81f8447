import { Field, UserDefinedType } from 'coodie'

/** A place on the globe, in degrees: north and east are positive. */
@UserDefinedType('position')
export class Position {
  @Field('double') latitude!: number
  @Field('double') longitude!: number
}
