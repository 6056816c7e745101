import { type Content, Html, html } from '../html.ts'
import type { Notice } from './notices.ts'

export interface PageInput {
  readonly title: string
  readonly body: Content
  /** `split` sets two columns side by side where there is room for them. */
  readonly shape?: 'narrow' | 'split' | 'wide'
  /** Stands in a frame of another page. */
  readonly isFramed?: boolean
  readonly head?: Content
}

/** A whole document. Its one stylesheet and one script are served beside it: no inline code, no inline style. */
export const page = ({ title, body, shape = 'narrow', isFramed = false, head }: PageInput): string =>
  new Html('<!doctype html>').markup +
  html`<html lang="en"${isFramed && html` data-framed`}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title} · Stripe simulator</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/_simulator/assets/pages.css">
${head}
<script src="/_simulator/assets/pages.js" defer></script>
</head>
<body>
<header class="ribbon"><p><strong>Simulated:</strong> no money moves</p>${!isFramed && html`<a href="/_simulator">What happened</a>`}</header>
<main class="${shape}">${body}</main>
</body>
</html>`.markup

/** How it went: trouble is read out at once, good news when there is time. */
export const said = ({ good, trouble }: Notice): Content => [
  trouble !== undefined && html`<p class="notice danger" role="alert">${trouble}</p>`,
  good !== undefined && html`<p class="notice success" role="status">${good}</p>`,
]
