// What staff can do with a reward, in words: asked before, told after.
import { t } from '$shared/i18n/dashboard'

export type Act = 'handOver' | 'giveUp' | 'putBack'

interface ActWords {
  readonly title: string
  readonly text: string
  readonly action: string
  readonly done: string
}

export function wordsOf(act: Act | undefined, reward: string): ActWords {
  if (act === 'giveUp')
    return {
      title: t('reward.giveUpTitle', { reward }),
      text: t('reward.giveUpText'),
      action: t('reward.giveUpDo'),
      done: t('reward.givenUp'),
    }
  if (act === 'putBack')
    return {
      title: t('reward.putBackTitle', { reward }),
      text: t('reward.putBackText'),
      action: t('reward.putBackDo'),
      done: t('reward.isBack', { reward }),
    }
  return {
    title: t('reward.handOverTitle', { reward }),
    text: t('reward.handOverText'),
    action: t('reward.handOverDo'),
    done: t('reward.handedOver', { reward }),
  }
}
