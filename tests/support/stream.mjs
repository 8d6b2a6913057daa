/* stream — a tablet's live stream, read event by event. */
import assert from 'node:assert/strict'

/* The events of a tablet's stream after a sequence number: next() gives { id, name, data }. */
export async function listen(server, tablet, after) {
  const stop = new AbortController()
  const path = `/v2/tablet/stream?after=${after}`
  const reply = await fetch(server.url + path, {
    headers: tablet.headers,
    signal: stop.signal,
  })
  assert.equal(reply.status, 200)
  const reader = reply.body.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  return {
    close: () => stop.abort(),
    /* Reads until the server ends the stream. */
    async end() {
      while (!(await reader.read()).done);
    },
    async next() {
      for (;;) {
        const end = text.indexOf('\n\n')
        if (end === -1) {
          const { value, done } = await reader.read()
          assert.ok(!done, 'the stream ended')
          text += value
          continue
        }
        const lines = text.slice(0, end).split('\n')
        text = text.slice(end + 2)
        const field = (name) =>
          lines.find((line) => line.startsWith(`${name}:`))?.slice(name.length + 1)
        if (field('event') === undefined) continue // a comment that keeps the connection open
        return {
          id: Number(field('id')),
          name: field('event').trim(),
          data: JSON.parse(field('data')),
        }
      }
    },
  }
}
