import { Field, UserDefinedType } from '../../lib'
import { SchemaError } from '../../lib/errors/errors'
import { buildUserType } from '../../lib/metadata/build/build-user-type'
import { declaredTypes } from '../../lib/schema/model/declared-types'

@UserDefinedType('address')
class Address {
  @Field('text') street?: string | null
}
@UserDefinedType('address')
class Located {
  @Field('text') street?: string | null
  @Field('int') zip?: number | null
}
@UserDefinedType('address')
class Numbered {
  @Field('text') zip?: string | null
}

const declared = (...classes: (new () => object)[]) =>
  declaredTypes(
    classes.map((each) => buildUserType(each)),
    'shop',
  )

it('joins the classes of one type', () => {
  expect(
    declared(Address, Located).map(({ name, fields }) => [name, fields.map((field) => field.name)]),
  ).toEqual([['address', ['street', 'zip']]])
})

it('tells two that contradict each other', () => {
  expect(() => declared(Located, Numbered)).toThrow(
    new SchemaError(
      "Numbered.zip is text, and another class of the type 'address' has the field 'zip' as int; declare both alike",
    ),
  )
})
