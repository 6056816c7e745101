/**
 * The form lives in the host's own document, where labels, autofill and test tools find it. So the host's CSS must not
 * reach it: each rule carries the weight of three ids, and begins by taking everything else back.
 */
const weighty = (name: string): string => `:is(.${name}, #_#_#_)`

const base = `
  all: initial;
  box-sizing: border-box;
  color: var(--sim-color-text);
  font: var(--sim-font-weight-normal, 400) var(--sim-font-size-base) / var(--sim-font-line-height, 1.5) var(--sim-font-family);
  & * { all: revert; box-sizing: border-box; font: inherit; color: inherit; letter-spacing: normal; }
  & :focus-visible { outline: 2px solid var(--sim-color-primary); outline-offset: 1px; }
`

const payment = `${weighty('sim-payment')} {
  ${base}
  --sim-line: color-mix(in srgb, var(--sim-color-text) 55%, var(--sim-color-background));
  --sim-quiet: var(--sim-color-text-secondary, color-mix(in srgb, var(--sim-color-text) 72%, var(--sim-color-background)));
  --sim-rows: var(--sim-grid-row-spacing, calc(var(--sim-spacing-unit) * 4));
  display: grid;
  gap: var(--sim-rows);
  & .sim-new { display: grid; gap: var(--sim-rows); }
  & .sim-saved { display: grid; gap: calc(var(--sim-spacing-unit) * 2); margin: 0; padding: 0; border: 0; min-width: 0; }
  & .sim-saved legend { padding: 0; margin-block-end: calc(var(--sim-spacing-unit) * 2); }
  & .sim-choice { display: flex; flex-wrap: wrap; gap: 0 calc(var(--sim-spacing-unit) * 3); align-items: center; min-height: 44px;
    padding: calc(var(--sim-spacing-unit) * 2) calc(var(--sim-spacing-unit) * 3); cursor: pointer; font-variant-numeric: tabular-nums;
    background: var(--sim-color-background); border: 1px solid var(--sim-line); border-radius: var(--sim-border-radius); }
  & .sim-choice:has(:checked) { border-color: var(--sim-color-primary); outline: 1px solid var(--sim-color-primary); outline-offset: -2px; }
  & .sim-choice input { flex: none; width: 18px; height: 18px; margin: 0; accent-color: var(--sim-color-primary); }
  & .sim-choice .sim-quiet { margin-inline-start: auto; font-size: 0.875em; color: var(--sim-quiet); }
  & .sim-tick { display: flex; gap: calc(var(--sim-spacing-unit) * 2); align-items: center; min-height: 24px; font-size: 0.875em; }
  & .sim-tick input { flex: none; width: 18px; height: 18px; margin: 0; accent-color: var(--sim-color-primary); }
  & .sim-mark { font-weight: 600; }
  & .sim-spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  & .sim-bar { display: flex; flex-wrap: wrap; gap: calc(var(--sim-spacing-unit) * 2); align-items: center; justify-content: space-between; }
  & .sim-ribbon { font-size: 0.75em; padding: 2px 8px; border: 1px dashed currentColor; border-radius: 4px; }
  & .sim-picker { font-size: 0.8125em; min-height: 32px; max-width: 100%; padding: 4px 8px; cursor: pointer;
    color: var(--sim-color-text); background: var(--sim-color-background); border: 1px solid var(--sim-line); border-radius: var(--sim-border-radius); }
  & .sim-row { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 8.5em), 1fr)); gap: var(--sim-rows) var(--sim-grid-column-spacing, calc(var(--sim-spacing-unit) * 4)); align-items: start; }
  & .sim-address { grid-template-columns: repeat(auto-fit, minmax(min(100%, 10em), 1fr)); }
  & .sim-field { display: grid; gap: var(--sim-spacing-unit); min-width: 0; }
  & .sim-label { font-size: var(--sim-font-size-sm, 0.875em); font-weight: var(--sim-font-weight-medium, 500); }
  & .sim-control { position: relative; display: grid; align-items: center; }
  & .sim-input { width: 100%; min-width: 0; min-height: 44px; margin: 0; padding: calc(var(--sim-spacing-unit) * 2) calc(var(--sim-spacing-unit) * 3);
    background: var(--sim-color-background); border: 1px solid var(--sim-line); border-radius: var(--sim-border-radius);
    appearance: none; font-variant-numeric: tabular-nums; transition: border-color 120ms; }
  & .sim-input::placeholder { color: var(--sim-color-text-placeholder, var(--sim-quiet)); opacity: 1; }
  & .sim-input:focus { border-color: var(--sim-color-primary); outline: 2px solid var(--sim-color-primary); outline-offset: -1px; }
  & .sim-input[aria-invalid='true'] { border-color: var(--sim-color-danger); }
  & .sim-input:read-only:not(select), & .sim-input:disabled { opacity: 0.7; }
  & .sim-wallet { width: 100%; min-height: var(--sim-height, 44px); padding: 0 16px; font-weight: 600; cursor: pointer;
    color: #ffffff; background: #131518; border: 1px solid rgb(255 255 255 / 0.4); border-radius: var(--sim-border-radius); }
  & .sim-wallet[data-theme='white'] { color: #131518; background: #ffffff; border-color: #747a82; }
  & .sim-wallet:hover { filter: brightness(0.94) contrast(0.94); }
  & .sim-brand { position: absolute; inset-inline-end: calc(var(--sim-spacing-unit) * 3); padding: 0 6px; font-size: 0.75em; font-weight: 650;
    line-height: 20px; border: 1px solid var(--sim-line); border-radius: 4px; background: var(--sim-color-background); pointer-events: none; }
  & .sim-brand:empty { display: none; }
  & .sim-select .sim-input { padding-inline-end: 32px; text-overflow: ellipsis; cursor: pointer; }
  & .sim-select::after { content: ''; position: absolute; inset-inline-end: 14px; width: 7px; height: 7px; pointer-events: none;
    border: solid var(--sim-quiet); border-width: 0 1.5px 1.5px 0; transform: translateY(-2px) rotate(45deg); }
  & .sim-error { margin: 0; font-size: 0.875em; color: var(--sim-color-danger); }
  & .sim-error:empty { display: none; }
  &[data-theme='night'] { color-scheme: dark; }
  &[data-theme='flat'] .sim-input { border-color: transparent; box-shadow: inset 0 -1px var(--sim-line); }
  &[data-inputs='condensed'] { --sim-rows: calc(var(--sim-spacing-unit) * 2); }
  &[data-still] .sim-input { transition: none; }
  & [hidden] { display: none; }
  @media (prefers-reduced-motion: reduce) { & .sim-input { transition: none; } }
}`

const challenge = `${weighty('sim-challenge')} {
  ${base}
  --sim-color-text: light-dark(#1f2328, #e8eaed);
  --sim-color-background: light-dark(#ffffff, #1f242b);
  --sim-color-primary: light-dark(#0f62d6, #85b7ff);
  --sim-line: light-dark(#8c9198, #7d848d);
  --sim-font-size-base: 16px;
  --sim-font-family: system-ui, sans-serif;
  color-scheme: inherit;
  background: var(--sim-color-background);
  &[open] { display: grid; gap: 16px; }
  &:not([open]) { display: none; }
  position: fixed; inset: 0; margin: auto; padding: 24px; z-index: 2147483647;
  width: min(26rem, calc(100vw - 32px)); height: fit-content; max-height: calc(100vh - 32px); overflow: auto;
  border: 1px solid color-mix(in srgb, var(--sim-line) 45%, transparent); border-radius: 10px; box-shadow: 0 16px 48px rgb(0 0 0 / 0.28);
  &::backdrop { background: rgb(10 14 20 / 0.5); }
  & .sim-ribbon { justify-self: start; font-size: 12px; padding: 2px 8px; border: 1px dashed currentColor; border-radius: 4px; }
  & h2 { margin: 0; font-size: 20px; font-weight: 650; line-height: 1.3; text-wrap: balance; }
  & p { margin: 0; }
  & .sim-amount { font-size: 28px; font-weight: 650; line-height: 1.2; font-variant-numeric: tabular-nums; }
  & .sim-actions { display: flex; flex-wrap: wrap; gap: 8px; justify-content: end; }
  & button { min-height: 44px; padding: 0 20px; border-radius: 8px; font-weight: 500; cursor: pointer;
    border: 1px solid var(--sim-line); background: transparent; }
  & .sim-field { display: grid; gap: 4px; }
  & .sim-field label { font-size: 14px; font-weight: 500; }
  & select { width: 100%; min-height: 44px; padding: 0 12px; border-radius: 8px; background: transparent; border: 1px solid var(--sim-line); }
  & option { background: var(--sim-color-background); }
  & dl { display: grid; gap: 4px; margin: 0; }
  & dl div { display: flex; gap: 16px; justify-content: space-between; }
  & dd { margin: 0; font-variant-numeric: tabular-nums; }
  & div:empty { display: none; }
  & .sim-trouble { color: light-dark(#b3261e, #ff9a92); }
  & .sim-trouble:empty { display: none; }
  & button:disabled { opacity: 0.65; cursor: progress; }
  & button[value='complete'] { color: var(--sim-color-background); background: var(--sim-color-primary); border-color: transparent; }
}`

/** Puts the styles on through CSSOM, which a strict `style-src` allows, and hands back how to take them off. */
export const wearStyles = (): (() => void) => {
  if (!('adoptedStyleSheets' in document)) return () => undefined
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(payment + challenge)
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
  return () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet)
  }
}
