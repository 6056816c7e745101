import { describe, expect, it } from 'vitest'
import { de } from '../messages/de.ts'
import { en } from '../messages/en.ts'
import { createTranslate, type Messages, type PluralMessage } from './messages.ts'

const placeholders = (message: string | PluralMessage): string[] => {
  const texts = typeof message === 'string' ? [message] : Object.values(message)
  return [...new Set(texts.flatMap((text) => text.match(/\{\w+\}/g) ?? []))].sort()
}

describe('messages', () => {
  it('follow the plural of the count, in the locale’s digits', () => {
    const t = createTranslate(en, 'en')
    expect(t('usesLeft', { count: 1 })).toBe('1 use left')
    expect(t('usesLeft', { count: 1200 })).toBe('1,200 uses left')
    expect(createTranslate(de, 'de')('usesLeft', { count: 1200 })).toBe('1.200 Nutzungen übrig')
  })

  it('follow the rules of a language with more than two plurals', () => {
    const polish: Messages = { ...en, usesLeft: { one: 'użycie', few: 'użycia', many: 'użyć', other: 'użycia' } }
    const t = createTranslate(polish, 'pl')
    expect([1, 3, 5].map((count) => t('usesLeft', { count }))).toEqual(['użycie', 'użycia', 'użyć'])
  })

  it('fill in every value, also one that looks like a placeholder', () => {
    const t = createTranslate(en, 'en')
    expect(t('about_trialing', { date: '{price}', price: '$5' })).toBe('Your trial ends on {price}; then $5.')
  })

  it('name the same values in German as in English', () => {
    for (const [key, message] of Object.entries(en)) {
      expect([key, placeholders(de[key as keyof Messages])]).toEqual([key, placeholders(message)])
    }
  })
})
