import { notSimulated } from '../domain/failure.ts'

/** Refuses what Stripe would honour in a nested object, and the simulator would have to ignore. */
export const refuseOther = (fields: object, known: readonly string[], param: string): void => {
  const other = Object.keys(fields).find((name) => !known.includes(name))
  if (other !== undefined) throw notSimulated(`\`${param}[${other}]\``, `${param}[${other}]`)
}
