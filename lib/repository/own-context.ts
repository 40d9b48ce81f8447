/**
 * The key under which a repository keeps its context. A class of the user's can have fields of any name beside it, and
 * the published types do not show it.
 */
export const ownContext = Symbol('coodie.repositoryContext')
