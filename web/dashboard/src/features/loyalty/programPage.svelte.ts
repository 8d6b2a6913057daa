// Changing a programme and its rewards. Each change is the server's answer, shown at once everywhere.
import type { ProgramTerms, TierTerms } from '$shared/programs/program'
import type { Program, Tier } from '../../shopApi'
import { Intention } from '$shared/state/intention.svelte'
import { Loaded } from '$shared/state/loaded.svelte'
import {
  addTier,
  changeProgram,
  changeTier,
  closeProgram,
  previewProgram,
  removeTier,
  reopenProgram,
  type Preview,
  type ProgramChange,
} from './loyaltyApi'

export class ProgramPage {
  readonly id: string
  readonly changing = new Intention()
  readonly tiering = new Intention()
  /** How many customers have it, and what they have; also what closing would come to. */
  readonly figures: Loaded<Preview>
  #programs: Loaded<readonly Program[]>

  constructor(id: string, programs: Loaded<readonly Program[]>) {
    this.id = id
    this.#programs = programs
    this.figures = new Loaded<Preview>(() => previewProgram(id, { closing: true }))
  }

  get program(): Program | undefined {
    return this.#programs.value?.find(({ id }) => id === this.id)
  }

  /** Its rewards, the nearest first: the order in which customers reach them. */
  get tiers(): readonly Tier[] {
    return [...(this.program?.reward_tiers ?? [])].sort((a, b) => a.points - b.points)
  }

  preview(change: ProgramChange): Promise<Preview | undefined> {
    return this.changing.run(change, (wish) => previewProgram(this.id, wish))
  }

  change(change: ProgramChange): Promise<boolean> {
    return this.#keep(this.changing.run(change, (wish) => changeProgram(this.id, wish)))
  }

  close(until: string): Promise<boolean> {
    return this.#keep(this.changing.run({ until }, (wish) => closeProgram(this.id, wish.until)))
  }

  reopen(): Promise<boolean> {
    return this.#keep(this.changing.run({ reopen: this.id }, () => reopenProgram(this.id)))
  }

  addTier(tier: TierTerms): Promise<boolean> {
    return this.#keep(this.tiering.run({ program: this.id, tier }, addTier))
  }

  changeTier(before: Tier, tier: TierTerms): Promise<boolean> {
    return this.#keep(
      this.tiering.run({ before, tier }, (wish) => changeTier(this.id, wish.before, wish.tier)),
    )
  }

  removeTier(tier: string): Promise<boolean> {
    return this.#keep(this.tiering.run({ tier }, (wish) => removeTier(this.id, wish.tier)))
  }

  async #keep(asked: Promise<{ program: Program } | undefined>): Promise<boolean> {
    const done = await asked
    if (!done) return false
    keepProgram(this.#programs, done.program)
    // Another one may have become the main one.
    if (done.program.closing_at) await this.#programs.load()
    return true
  }
}

/** The list of programmes with this one in it, as the server just gave it. */
export function keepProgram(programs: Loaded<readonly Program[]>, program: Program): void {
  const others = (programs.value ?? []).filter(({ id }) => id !== program.id)
  programs.set(program.is_main ? [program, ...others] : [...others, program])
}

/** Only what differs: rules that stay the same do not become a new version of themselves. */
export function changeOf(program: Program, terms: Partial<ProgramTerms>): ProgramChange {
  const before = program as unknown as Record<string, unknown>
  const entries = Object.entries(terms).filter(
    ([field, value]) => field !== 'type' && !isSame(before[field] ?? emptyOf(value), value),
  )
  // A last day that was cleared is told as none.
  return Object.fromEntries(
    entries.map(([field, value]) => [field, field === 'ends_on' && value === '' ? null : value]),
  )
}

/** What a programme without a field has there. */
function emptyOf(value: unknown): unknown {
  if (typeof value === 'string') return ''
  return typeof value === 'number' ? 0 : {}
}

/** Whether two values of JSON say the same, whatever the order of their names; none is as empty. */
function isSame(a: unknown, b: unknown): boolean {
  return textOf(a) === textOf(b)
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(textOf).join()}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? ''
  if ((value as { amount?: number }).amount === 0) return '{}' // no money, of whichever currency
  const entries = Object.entries(value)
    .filter(([, one]) => one !== undefined && one !== 0 && one !== '' && !isNone(one))
    .sort(([one], [other]) => (one < other ? -1 : 1))
  return `{${entries.map(([name, one]) => `${name}:${textOf(one)}`).join()}}`
}

const isNone = (value: unknown): boolean => Array.isArray(value) && value.length === 0
