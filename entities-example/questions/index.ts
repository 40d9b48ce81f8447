import type { DataSource } from 'coodie'
import type { Report } from '../print/report'
import { board } from './board'
import { corrections } from './corrections'
import { counts } from './counts'
import { destinations } from './destinations'
import { pages } from './pages'
import { refusals } from './refusals'
import { route } from './route'
import { statistics } from './statistics'
import { weather } from './weather'
import { worstDelays } from './worst-delays'

/** In the order they are asked. */
export const questions: readonly ((db: DataSource, report: Report) => Promise<void>)[] = [
  counts,
  board,
  destinations,
  worstDelays,
  route,
  pages,
  weather,
  statistics,
  corrections,
  refusals,
]
