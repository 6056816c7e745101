import type { Translate } from '../lib/messages.ts'
import type { MeteredCredits, MeterLevel, MeterPart } from './meter-parts.ts'

/** "15 paid" */
export const partText = (t: Translate, { kind, credits }: MeterPart): string => t(`kind_${kind}`, { count: credits })

/** "17 of 23 uses left: 2 free, 15 paid" */
export const meterValueText = (t: Translate, available: number, [capacity, parts]: [number, MeterPart[]]): string => {
  const left = t('usesLeftOf', { count: capacity, left: available })
  return t('usesSplit', { left, split: parts.map((part) => partText(t, part)).join(', ') })
}

/** "17 uses left" */
export const leftText = (t: Translate, level: MeterLevel, available: number): string =>
  level === 'empty' ? t('noUsesLeft') : t('usesLeft', { count: available })

type NotesInput = { credits: MeteredCredits; level: MeterLevel; t: Translate; date: (at: string) => string }

/** When it will end, and what is owed. */
export const meterNotes = ({ credits, level, t, date }: NotesInput): string[] => {
  const { available, nextExpiryAt, debt } = credits
  const notes = [
    level === 'low' && t('usesRunningLow', { count: available }),
    level !== 'empty' && nextExpiryAt !== null && t('usesExpire', { date: date(nextExpiryAt) }),
    debt > 0 && t('usesOwed', { count: debt }),
  ]
  return notes.filter((note) => note !== false)
}
