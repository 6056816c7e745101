import type { Translate } from './messages.ts'

/** "20 uses added, 23 left" */
export const usesAddedText = (t: Translate, count: number, left: number | null): string =>
  left === null ? t('usesAddedOnly', { count }) : t('usesAdded', { count, left })
