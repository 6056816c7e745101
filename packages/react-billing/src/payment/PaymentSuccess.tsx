import { type ReactNode, useEffect, useRef } from 'react'
import { useText } from '../hooks/useText.ts'
import { usesAddedText } from '../lib/added-text.ts'

type PaymentSuccessProps = { usesPurchased: number; usesLeft: number | null; children: ReactNode }

/** What changed. The button that had the focus is gone, so the focus comes here, and a screen reader reads it. */
export const PaymentSuccess = ({ usesPurchased, usesLeft, children }: PaymentSuccessProps) => {
  const { t } = useText()
  const news = useRef<HTMLParagraphElement>(null)
  useEffect(() => news.current?.focus(), [])
  return (
    <div className="pw-success">
      <p className="pw-success-news" ref={news} tabIndex={-1} role="status">
        {usesAddedText(t, usesPurchased, usesLeft)}
      </p>
      {children}
    </div>
  )
}
