/** Whether anything is in one of these fields. */
export const hasAny = <Row>(row: Row, fields: readonly (keyof Row)[]): boolean =>
  fields.some((field) => row[field] !== null)

export const without = <Row>(row: Row, fields: readonly (keyof Row)[]): Row => ({
  ...row,
  ...Object.fromEntries(fields.map((field) => [field, null])),
})
