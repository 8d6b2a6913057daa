/*
 * mailbox — a real mail submission server for a test, on a free port: it keeps what it is given, or
 * says no as it is told.
 */
import { once } from 'node:events'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'

export class Mailbox {
  #server
  #waiting = []
  mails = []

  /*
   * `refuse(address)` may return the SMTP status (450, 550) with which a recipient is refused;
   * without `users` nobody needs to sign in.
   */
  static async open({ refuse = () => undefined, users, secure = false } = {}) {
    const mailbox = new Mailbox()
    mailbox.#server = new SMTPServer({
      secure,
      disabledCommands: [...(users ? [] : ['AUTH']), ...(secure ? [] : ['STARTTLS'])],
      allowInsecureAuth: true,
      authOptional: !users,
      logger: false,
      onAuth: ({ username, password }, session, done) =>
        users?.[username] === password
          ? done(null, { user: username })
          : done(Object.assign(new Error('wrong password'), { responseCode: 535 })),
      onRcptTo: ({ address }, session, done) => {
        const responseCode = refuse(address)
        done(responseCode ? Object.assign(new Error('refused'), { responseCode }) : null)
      },
      onData: (stream, session, done) => mailbox.#keep(stream, session).then(() => done(), done),
    })
    mailbox.#server.on('error', () => {}) // a client that hangs up
    mailbox.#server.listen(0, '127.0.0.1')
    await once(mailbox.#server.server, 'listening')
    mailbox.port = mailbox.#server.server.address().port
    mailbox.url = `smtp://127.0.0.1:${mailbox.port}`
    return mailbox
  }

  async #keep(stream, session) {
    const parts = []
    for await (const part of stream) parts.push(part)
    const mail = await new PostalMime().parse(Buffer.concat(parts))
    this.mails.push({ ...mail, user: session.user })
    this.#waiting.shift()?.()
  }

  /* The next mail that nobody took yet. */
  async next() {
    if (this.mails.length === 0) await new Promise((done) => this.#waiting.push(done))
    return this.mails.shift()
  }

  close() {
    return new Promise((done) => this.#server.close(done))
  }
}
