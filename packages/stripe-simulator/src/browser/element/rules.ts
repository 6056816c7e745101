import type { Appearance } from '@stripe/stripe-js'
import { freshId } from './dom.ts'

type Rules = NonNullable<Appearance['rules']>

/** Stripe's names for the parts of a form, and what they are here. */
const parts: Readonly<Record<string, string>> = {
  Input: '.sim-input',
  Label: '.sim-label',
  Error: '.sim-error',
  Tab: '.sim-choice',
  AccordionItem: '.sim-choice',
  Block: '.sim-choice',
}

const states: Readonly<Record<string, string>> = {
  empty: ':placeholder-shown',
  focused: ':focus',
  invalid: '[aria-invalid="true"]',
  selected: ':has(:checked)',
}

const partPattern = /\.([A-Z][A-Za-z]*)(?:--([a-z]+))?/g

/** `.Input--invalid:hover` in the words of this form; undefined for a part that it does not have. */
const selectorOf = (given: string): string | undefined => {
  let isKnown = true
  const selector = given.replace(partPattern, (_whole, part: string, state: string | undefined) => {
    const own = parts[part]
    const suffix = state === undefined ? '' : states[state]
    if (own === undefined || suffix === undefined) isKnown = false
    return `${own ?? ''}${suffix ?? ''}`
  })
  return isKnown && selector !== given ? selector : undefined
}

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

const addRule = (sheet: CSSStyleSheet, selector: string, declarations: Readonly<Record<string, unknown>>): void => {
  const rule = sheet.cssRules[sheet.insertRule(`${selector} {}`, sheet.cssRules.length)]
  if (!(rule instanceof CSSStyleRule)) return
  for (const [name, value] of Object.entries(declarations)) rule.style.setProperty(kebab(name), String(value))
}

const scopedSheet = (scope: string, rules: Rules): CSSStyleSheet => {
  const sheet = new CSSStyleSheet()
  for (const [given, declarations] of Object.entries(rules)) {
    const selector = selectorOf(given)
    if (selector) addRule(sheet, `:is(.sim-payment, #_#_#_)[data-rules="${scope}"] ${selector}`, { ...declarations })
  }
  return sheet
}

/** Puts the host's rules on one form and no other; hands back how to take them off. */
export const wearRules = (root: HTMLElement, rules: Rules = {}): (() => void) => {
  if (!('adoptedStyleSheets' in document) || Object.keys(rules).length === 0) return () => undefined
  const scope = freshId()
  root.setAttribute('data-rules', scope)
  const sheet = scopedSheet(scope, rules)
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
  return () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet)
  }
}
