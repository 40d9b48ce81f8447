/** The message that starts a program. */
export interface Start<S> {
  readonly kind: 'start'
  readonly settings: S
}

/** The message that ends the load of a program, which then verifies and reports. */
export interface Stop {
  readonly kind: 'stop'
}

/** The answer to a program that asked for something. */
export interface Answer {
  readonly kind: 'answer'
}

export type ToProgram<S> = Start<S> | Stop | Answer

/** A request of a program, such as another mode of the proxy. */
export interface Ask {
  readonly kind: 'ask'
  readonly what: string
}

/** The last message of a program, after it destroyed its data sources. Its process must end by itself then. */
export interface Done<R> {
  readonly kind: 'done'
  readonly report: R
}

export type FromProgram<R> = { readonly kind: 'ready' } | Ask | Done<R>
