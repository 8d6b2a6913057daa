// When a day was opened and ended, and by whom, in words.
import { clock } from '$shared/format'
import { t } from '$shared/i18n/day'
import { isolated } from '$shared/names'
import type { TillDay } from '../../dayApi'

export function momentsOf({ opened, closed }: TillDay): readonly string[] {
  const words: string[] = []
  if (opened?.name) {
    words.push(t('day.opened', { time: clock(opened.at), name: isolated(opened.name) }))
  } else if (opened) words.push(t('day.openedAt', { time: clock(opened.at) }))
  if (closed?.name) {
    words.push(t('day.closed', { time: clock(closed.at), name: isolated(closed.name) }))
  } else if (closed) words.push(t('day.closedAt', { time: clock(closed.at) }))
  return words
}
