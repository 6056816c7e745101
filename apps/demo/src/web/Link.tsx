import type { MouseEvent, ReactNode } from 'react'
import { goTo, usePath } from './usePath.ts'

type LinkProps = { to: string; className?: string; children: ReactNode }

/** A link within the page. With a modifier key it opens a tab, as links do. */
export const Link = ({ to, className, children }: LinkProps) => {
  const isHere = usePath() === to
  const follow = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    goTo(to)
  }
  return (
    <a href={to} className={className} aria-current={isHere ? 'page' : undefined} onClick={follow}>
      {children}
    </a>
  )
}
