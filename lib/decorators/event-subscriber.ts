import type { Class } from '../metadata/declaration'
import { declarationsOfClass } from './adapter'

/** What a class of subscribers must fit: methods whose event has an entity of the class. */
export interface Hearing<E> {
  beforeInsert?(event: Heard<E>): void | Promise<void>
  afterInsert?(event: Heard<E>): void | Promise<void>
  beforeUpdate?(event: Heard<E>): void | Promise<void>
  afterUpdate?(event: Heard<E>): void | Promise<void>
  beforeRemove?(event: Heard<E>): void | Promise<void>
  afterRemove?(event: Heard<E>): void | Promise<void>
  afterLoad?(event: Heard<E>): void | Promise<void>
}

interface Heard<E> {
  readonly entity: E
}

/** A decorator of classes with some of the methods of `EntitySubscriber`, legacy or TC39. */
export type SubscriberDecorator<E> = <S extends Hearing<E>>(
  target: Class<S>,
  context?: ClassDecoratorContext,
) => void

/**
 * A class that hears what happens to the entities of another one, and of those derived from that; without an argument,
 * of all. Its methods are those of `EntitySubscriber`; each is called after the entity's own hooks of the same name.
 * The data source is given it with the option `subscribers`, or as an instance with `addSubscriber`.
 *
 * ```ts
 * @EventSubscriber(Product)
 * class ProductLog implements EntitySubscriber<Product> {
 *   afterInsert({ entity }: EntityEvent<Product>) {
 *     console.log(entity.name)
 *   }
 * }
 * db.addSubscriber(new ProductLog())
 * ```
 */
export function EventSubscriber<E extends object = object>(
  ...entity: [] | [entity: Class<E>]
): SubscriberDecorator<E> {
  return (target, context) => {
    declarationsOfClass(target, context).subscriber = {
      entity: entity[0],
      isOfAll: entity.length === 0,
    }
  }
}
