/*
 * E-mails leave through a submission server: the one-time code of a customer who joins by e-mail,
 * read as their mail program reads it; and what becomes of those that the server refuses.
 */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { Mailbox } from '../support/mailbox.mjs'
import { Server } from '../support/server.mjs'

const GONE = 'gone@example.org'
const BUSY = 'busy@example.org'
let mailbox
let server

before(async () => {
  mailbox = await Mailbox.open({
    users: { shop: 'très secret' },
    refuse: (address) => ({ [GONE]: 550, [BUSY]: 450 })[address],
  })
  server = await Server.start({
    args: [
      ...['--smtp-url', mailbox.url, '--smtp-plain', '1', '--mail-from', 'Fidelite@Example.org'],
      ...['--smtp-user', 'shop', '--smtp-password', 'très secret'],
    ],
  })
})
after(async () => {
  await server?.remove()
  await mailbox?.close()
})

const askCode = (address) =>
  server.ask('POST', '/v2/app/le-fournil/codes', { body: { email_address: address } })

async function messageTo(address, isReady) {
  for (const until = Date.now() + 20000; Date.now() < until; await sleep(100)) {
    const { body } = await server.api('GET', '/v2/messages')
    const found = body.messages.find((message) => message.address === address)
    if (found && isReady(found)) return found
  }
  throw new Error(`no message to ${address} came so far`)
}

test('only the channels that there are are offered', async () => {
  const { body } = await server.ask('GET', '/v2/app/le-fournil')
  assert.deepEqual(body.channels, ['email'])
  assert.equal(body.demo, false)
  const refused = await server.ask('POST', '/v2/app/le-fournil/codes', {
    body: { phone_number: '0612345678' },
  })
  assert.equal(refused.status, 400)
  assert.equal(refused.body.errors[0].code, 'CHANNEL_OFF')
})

test('a code comes by e-mail, and staff never see it', async () => {
  assert.equal((await askCode('Zoe@Example.org')).status, 200)
  const mail = await mailbox.next()
  const code = /\b\d{6}\b/.exec(mail.text)?.[0]
  assert.ok(code, mail.text)
  assert.equal(mail.from.address, 'fidelite@example.org')
  assert.deepEqual(
    mail.to.map(({ address }) => address),
    ['zoe@example.org'],
  )
  assert.equal(mail.subject, `${code}, votre code pour Le Fournil`)
  assert.match(mail.text, /Si vous n'avez rien demandé, vous pouvez ignorer ce message/)
  assert.equal(mail.user, 'shop')
  assert.ok(Math.abs(new Date(mail.date) - Date.now()) < 60000)

  const message = await messageTo('zoe@example.org', ({ state }) => state === 'sent')
  assert.equal(message.body, undefined)
  assert.ok(!JSON.stringify(message).includes(code))
  assert.equal((await server.ask('GET', '/v2/demo/messages')).status, 404)
})

test('what the server refuses for good has failed, what it refuses for now is tried again', async () => {
  assert.equal((await askCode(GONE)).status, 200)
  assert.equal((await askCode(BUSY)).status, 200)
  const gone = await messageTo(GONE, ({ state }) => state === 'failed')
  assert.equal(gone.reason, 'MESSAGE_REJECTED')
  const busy = await messageTo(BUSY, ({ reason }) => reason)
  assert.equal(busy.state, 'waiting')
  assert.equal(busy.reason, 'PEER_UNREACHABLE')
  assert.ok(!server.log.includes('example.org'), 'addresses are in no log')
})

test('a server that cannot encrypt gets nothing, unless that was allowed', async () => {
  const strict = await Server.start({
    args: ['--smtp-url', mailbox.url, '--mail-from', 'shop@example.org'],
  })
  try {
    const before = mailbox.mails.length
    await strict.ask('POST', '/v2/app/le-fournil/codes', { body: { email_address: BUSY } })
    for (const until = Date.now() + 20000; !strict.log.includes('message_not_sent');) {
      assert.ok(Date.now() < until, 'it was tried')
      await sleep(100)
    }
    assert.equal(mailbox.mails.length, before)
  } finally {
    await strict.remove()
  }
})

test('a link to another password comes by e-mail, and no colleague reads it', async () => {
  const { email } = server.demo.merchants[0].staff[0]
  const reply = await server.ask('POST', '/v2/password/link', { body: { email } })
  assert.equal(reply.status, 200)
  const mail = await mailbox.next()
  assert.deepEqual(
    mail.to.map(({ address }) => address),
    [email],
  )
  assert.match(mail.text, /\/dashboard\/password#pwd_\w{39}/)
  const message = await messageTo(email, ({ state }) => state === 'sent')
  assert.deepEqual(
    [message.purpose, message.subject, message.body],
    ['password_link', undefined, undefined],
  )
})
