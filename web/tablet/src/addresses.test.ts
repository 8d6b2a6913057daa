import { expect, it } from 'vitest'
import { joinAddress, reachable } from './addresses'

const page = 'http://192.168.1.20:8080/tablet/'

it.each([
  ['https://habitue.example/app/le-fournil/', 'https://habitue.example/app/le-fournil/?src=tablet'],
  ['http://0.0.0.0:8080/app/le-fournil/', 'http://192.168.1.20:8080/app/le-fournil/?src=tablet'],
  ['http://127.0.0.1:9999/app/x/', 'http://192.168.1.20:8080/app/x/?src=tablet'],
  ['http://[::1]:9999/app/x/', 'http://192.168.1.20:8080/app/x/?src=tablet'],
])('%s is shown as %s', (given, shown) => expect(joinAddress(given, page)).toBe(shown))

it('the tablet’s own scheme and standard port are taken, too', () =>
  expect(joinAddress('http://localhost:8080/app/x/', 'https://shop.example/tablet/')).toBe(
    'https://shop.example/app/x/?src=tablet',
  ))

it('what is behind the # stays there', () => {
  expect(reachable('http://localhost:8080/app/x/#in=secret', page)).toBe(
    'http://192.168.1.20:8080/app/x/#in=secret',
  )
  expect(reachable('https://habitue.example/app/x/#in=secret', page)).toBe(
    'https://habitue.example/app/x/#in=secret',
  )
})
