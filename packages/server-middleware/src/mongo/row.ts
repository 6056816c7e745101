import type { Undo } from './deadline.ts'

/** Ids are ours, and text: nothing here needs the driver's own types, of which a process may hold two versions. */
export type Row = { _id: string }

/** Runs a call with its deadline, and translates its errors; `undo` takes back what a lost one has done after all. */
export type Call = <T>(work: () => Promise<T>, undo?: Undo) => Promise<T>

export const reading = { readPreference: 'primary', readConcern: { level: 'majority' } } as const

export const writeConcern = { w: 'majority', j: true } as const
export const writing = { writeConcern } as const
