import { useEffect, useRef } from 'react'

type HeadingProps = { children: string }

/** A page's one h1: its name is the document's too, and whoever came by a link starts reading here. */
export const Heading = ({ children }: HeadingProps) => {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${children} · Askwell`
    if (document.activeElement !== document.body) heading.current?.focus()
  }, [children])
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  )
}
