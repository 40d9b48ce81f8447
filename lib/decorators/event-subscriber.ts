import type { Class, HookHandlers } from '../metadata/declaration'
import { declarationsOfClass } from './adapter'

/** The methods that a class of subscribers must fit: each takes an event with an entity of the class. */
type Hearing<E> = HookHandlers<Heard<E>>

interface Heard<E> {
  readonly entity: E
}

/** A decorator of classes with some of the methods of `EntitySubscriber`, legacy or TC39. */
export type SubscriberDecorator<E> = <S extends Hearing<E>>(
  target: Class<S>,
  context?: ClassDecoratorContext,
) => void

/**
 * Declares a class that listens to the events of the entities of a class, and of classes derived from it; without an
 * argument, of all entities. Its methods are those of `EntitySubscriber`. Each is called after the hooks of the entity
 * with the same name. Pass the class to the data source in `subscribers`, or an instance to `addSubscriber`.
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
