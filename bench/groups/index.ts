import type { Group } from './group'
import { noDatabase } from './no-database'
import { reads } from './reads'
import { schema } from './schema'
import { workload } from './workload'
import { writes } from './writes'

/** The groups, by the sections of the report. */
export const sections = {
  Writes: writes,
  Reads: reads,
  Schema: schema,
  'No database': noDatabase,
  Workload: workload,
} as const

export type SectionName = keyof typeof sections
export type GroupName = { [S in SectionName]: keyof (typeof sections)[S] }[SectionName]

/** A group with its name. */
export interface NamedGroup extends Group {
  readonly name: GroupName
  readonly section: SectionName
}

/** All groups, in the order of the report. */
export const groups: readonly NamedGroup[] = Object.entries(sections).flatMap(
  ([section, ofSection]) =>
    Object.entries(ofSection as Record<string, Group>).map(([name, group]) =>
      Object.assign({ name: name as GroupName, section: section as SectionName }, group),
    ),
)
