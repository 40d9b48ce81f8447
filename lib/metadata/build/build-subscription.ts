import { DeclarationError } from '../../errors/errors'
import { type Class, type SubscriberDeclaration, hookEvents, nameOf } from '../declaration'
import { chainOf } from './declared-properties'

/** A subscriber and the entities that it listens to. */
export interface Subscription {
  readonly subscriber: object
  /** The class of the entities; `undefined` for all classes. */
  readonly of: Class | undefined
}

/**
 * Builds the subscription of a subscriber; a class is instantiated. Throws `DeclarationError` if the argument is not a
 * subscriber.
 */
export function buildSubscription(given: unknown): Subscription {
  const target = classOf(given)
  const name = target === undefined ? 'a subscriber' : nameOf(target)
  const refuse = (message: string): never => {
    throw new DeclarationError(name, [{ where: name, message }])
  }
  if (target === undefined) return refuse('must be a class with @EventSubscriber(), or an instance')
  const declared = chainOf(target).reduce<SubscriberDeclaration | undefined>(
    (inherited, { subscriber }) => subscriber ?? inherited,
    undefined,
  )
  if (declared === undefined) {
    return refuse('is not a subscriber; put @EventSubscriber() on the class')
  }
  const { entity, isOfAll } = declared
  if (!isOfAll && typeof entity !== 'function') {
    return refuse(
      `@EventSubscriber() must name a class, got ${entity === undefined ? 'undefined: is it imported in a circle?' : typeof entity}`,
    )
  }
  const { prototype } = target as { readonly prototype: object }
  if ('listenTo' in prototype) {
    return refuse(
      'listenTo() is never called; name the class in the decorator: @EventSubscriber(Product)',
    )
  }
  if (typeof given === 'function' && given.length > 0) {
    return refuse('has a constructor with arguments; pass an instance')
  }
  const subscriber =
    typeof given === 'function' ? new (given as new () => object)() : (given as object)
  const isHearing = hookEvents.some(
    (event) => typeof (subscriber as Readonly<Record<string, unknown>>)[event] === 'function',
  )
  if (!isHearing)
    return refuse(`has no method of a subscriber; add one of ${hookEvents.join(', ')}`)
  return { subscriber, of: isOfAll ? undefined : (entity as Class) }
}

function classOf(given: unknown): Class | undefined {
  if (typeof given === 'function') return given as unknown as Class
  if (typeof given !== 'object' || given === null) return undefined
  const { constructor } = given
  return typeof constructor === 'function' ? (constructor as unknown as Class) : undefined
}
