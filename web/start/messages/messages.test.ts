import { expect, it } from 'vitest'
import type { Message, Messages } from '../demo'
import { codeIn, Inbox } from './messages.svelte'

const message = (body: string, more: Partial<Message> = {}): Message => ({
  id: body,
  merchant: 'Le Fournil',
  channel: 'sms',
  purpose: 'sign_in_code',
  body,
  created_at: '2026-01-01T10:00:00Z',
  ...more,
})

it.each([
  ['Votre code : 123456. Il vaut dix minutes.', '123456'],
  ['012345 est votre code', '012345'],
  ['Appelez le 0612345678', undefined],
  ['', undefined],
])('%s holds the code %s', (body, code) => expect(codeIn(message(body))).toBe(code))

it('a number in a message that is no code is no code', () =>
  expect(codeIn(message('123456 points', { purpose: 'news' }))).toBeUndefined())

it('shows the newest first, whichever shop wrote it', async () => {
  const inbox = new Inbox(async () => [
    message('first'),
    message('last', { created_at: '2026-01-01T10:02:00Z', merchant: 'Salon Nova' }),
    message('between', { created_at: '2026-01-01T10:01:00Z' }),
  ])
  await inbox.look()
  expect(inbox.messages.map(({ body }) => body)).toEqual(['last', 'between', 'first'])
})

it('keeps what it has while nobody answers, and says what is no demo', async () => {
  let answer: Messages = [message('first')]
  const inbox = new Inbox(async () => answer)
  await inbox.look()
  answer = 'no answer'
  await inbox.look()
  expect([inbox.state, inbox.messages.length]).toEqual(['no answer', 1])
  answer = 'no demo'
  await inbox.look()
  expect(inbox.state).toBe('no demo')
})
