/*
 * Random lives of a shop, played over HTTP and in an independent model of the rules at once: after
 * each step all that can be seen is the same, and at the end the audit agrees.
 *
 * SEED (1) tells which lives they are, LIVES (6) how many, STEPS (60) how long each is: more of them
 * with SEED=$RANDOM LIVES=100 make test m=model/model. When one fails, the shortest one found that
 * still does is printed.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Play } from './play.mjs'
import { Random, shrink } from './random.mjs'
import { Shop } from './shop.mjs'
import { lifeOf, programsOf } from './steps.mjs'

const SEED = Number(process.env.SEED ?? 1)
const LIVES = Number(process.env.LIVES ?? 6)
const STEPS = Number(process.env.STEPS ?? 60)
const SHRINK_MS = Number(process.env.SHRINK_MS ?? 60000)

/* Plays them; gives what went wrong and at which step, or nothing. */
async function play(programs, steps) {
  const shop = await Shop.open()
  let at = -1
  try {
    const played = new Play(shop)
    await played.begin(programs)
    for (at = 0; at < steps.length; at++) await played.step(steps[at])
    await played.end()
    return undefined
  } catch (error) {
    return { error, at, log: shop.server?.log }
  } finally {
    await shop.close()
  }
}

const told = (programs, steps) =>
  [{ programs }, ...steps].map((step) => `  ${JSON.stringify(step)}`).join('\n')

for (let life = 0; life < LIVES; life++) {
  const seed = SEED + life
  test(`a life of ${STEPS} steps is as the model says (seed ${seed})`, async () => {
    const random = new Random(seed)
    const programs = programsOf(random)
    const steps = lifeOf(random, STEPS)
    const failed = await play(programs, steps)
    if (!failed) return
    const until = Date.now() + SHRINK_MS
    const fails = async (fewer) => (await play(programs, fewer)) !== undefined
    const least = await shrink(steps.slice(0, failed.at + 1), fails, until)
    const again = (await play(programs, least)) ?? failed
    assert.fail(
      `seed ${seed}, ${least.length} steps:\n${told(programs, least)}\n` +
        `the last one: ${again.error.stack}\n${again.log.slice(-2000)}`,
    )
  })
}
