import { expectTypeOf, it } from 'vitest'
import type { MessageValues, PlainKey, Translate } from './messages.ts'

it('messages ask for what their English text names', () => {
  expectTypeOf<MessageValues<'about_trialing'>>().toEqualTypeOf<{ date: string | number; price: string | number }>()
  expectTypeOf<MessageValues<'usesAdded'>>().toEqualTypeOf<{ count: number; left: string | number }>()
  expectTypeOf<'retry'>().toExtend<PlainKey>()
  expectTypeOf<'pay'>().not.toExtend<PlainKey>()
})

it('a message without its values does not compile', () => {
  const t: Translate = () => ''
  t('retry')
  // @ts-expect-error the amount is missing
  t('pay')
  // @ts-expect-error a count is a number
  t('usesLeft', { count: '1' })
})
