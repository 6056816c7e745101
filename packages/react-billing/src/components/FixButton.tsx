import { isUnderWay } from '../hooks/useDeparture.ts'
import { usePortal } from '../hooks/usePortal.ts'
import { useText } from '../hooks/useText.ts'
import { Button } from './Button.tsx'
import type { Fix } from './subscription-summary.ts'
import { Trouble } from './Trouble.tsx'

type FixButtonProps = { fix: Fix; returnPath: string | undefined }

/** The way to put a subscription right. */
export const FixButton = ({ fix, returnPath }: FixButtonProps) => {
  const { t } = useText()
  const portal = usePortal()
  if ('url' in fix) {
    return (
      <a className="pw-button" data-kind="primary" href={fix.url}>
        {fix.label}
      </a>
    )
  }
  const request = { ...(returnPath !== undefined && { returnPath }), ...(fix.flow && { flow: fix.flow }) }
  return (
    <>
      <Button kind="primary" busy={isUnderWay(portal)} onPress={() => portal.start(request)}>
        {isUnderWay(portal) ? t('opening') : fix.label}
      </Button>
      {portal.state === 'failed' && <Trouble error={portal.error} otherwise="portalFailed" />}
    </>
  )
}
