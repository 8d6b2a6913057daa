// What a message was for, and what became of it.
import { t } from '$shared/i18n/dashboard'
import type { Message, MessageState } from './messagesApi'

export function stateWords(state: MessageState): string {
  const names: Readonly<Record<MessageState, () => string>> = {
    waiting: () => t('messages.waiting'),
    sent: () => t('messages.sent'),
    failed: () => t('messages.failed'),
    unknown: () => t('messages.unknown'),
  }
  return names[state]()
}

export function stateKind(state: MessageState): 'plain' | 'good' | 'warn' | 'danger' {
  if (state === 'sent') return 'good'
  if (state === 'failed') return 'danger'
  return state === 'unknown' ? 'warn' : 'plain'
}

/** The message itself; where it is its reader's alone, what it was. */
export function bodyWords({ body, purpose }: Message): string {
  if (body) return body
  if (purpose === 'invitation') return t('messages.invitation')
  return purpose === 'sign_in_code' ? t('messages.code') : t('messages.secret')
}
