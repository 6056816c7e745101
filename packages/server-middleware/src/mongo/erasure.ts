/** Of documents that have anything in one of these fields: makes all of them null. */
export const toErasure = (fields: readonly string[]) => ({
  filter: { $or: fields.map((field) => ({ [field]: { $ne: null } })) },
  update: { $set: Object.fromEntries(fields.map((field) => [field, null])) },
})
