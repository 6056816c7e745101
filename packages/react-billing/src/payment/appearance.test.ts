import { describe, expect, it } from 'vitest'
import { appearanceOf, type Rgb } from './appearance.ts'

const appearanceOn = (surface: Rgb, overrides?: { variables: Record<string, string> }) =>
  appearanceOf({
    color: (name) => (name === '--pw-surface' ? surface : [67, 56, 202]),
    length: () => '8px',
    fontFamily: 'Inter',
    overrides,
  })

describe('Stripe’s appearance', () => {
  it('holds the tokens as colours that a frame of another origin can use', () => {
    expect(appearanceOn([255, 255, 255])).toMatchObject({
      theme: 'stripe',
      variables: { colorPrimary: 'rgb(67, 56, 202)', colorBackground: 'rgb(255, 255, 255)', borderRadius: '8px' },
    })
    expect(JSON.stringify(appearanceOn([255, 255, 255]))).not.toContain('var(')
  })

  it('is that of the night on a dark surface', () => {
    expect(appearanceOn([24, 24, 27]).theme).toBe('night')
  })

  it('gives way to the host’s own variables', () => {
    expect(appearanceOn([255, 255, 255], { variables: { colorPrimary: '#00f' } }).variables?.colorPrimary).toBe('#00f')
  })
})
