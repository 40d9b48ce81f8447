/** '2001-03-09' */
export const dayOf = (at: Date) => at.toISOString().slice(0, 10)

/** '2001-03' */
export const monthOf = (at: Date) => at.toISOString().slice(0, 7)

/** '18:05' */
export const timeOf = (at: Date) => at.toISOString().slice(11, 16)

/** '2001-03-09 18:05' */
export const dayAndTimeOf = (at: Date) => `${dayOf(at)} ${timeOf(at)}`
