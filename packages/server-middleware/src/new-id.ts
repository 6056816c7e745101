import { v7 } from 'uuid'

/** A random id that carries its time: the ledger need not look in its archive for keys that are new. */
export const newId = (): string => v7()
