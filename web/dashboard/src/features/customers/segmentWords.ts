// What a view is called: ours in the reader's language, a merchant's own as they wrote it.
import { t } from '$shared/i18n/directory'
import type { Segment } from './directoryApi'

export function segmentName({ preset, name }: Segment): string {
  return preset ? t(`segment.${preset}`) : (name ?? '')
}
