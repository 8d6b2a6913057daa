// Changing a programme and its rewards. Each change is the server's answer, shown at once everywhere.
import type { Program, Tier } from '../../shopApi'
import { Intention } from '../../state/intention.svelte'
import type { Loaded } from '../../state/loaded.svelte'
import { addTier, changeProgram, changeTier, removeTier, type ProgramChange } from './loyaltyApi'

export class ProgramPage {
  readonly id: string
  readonly changing = new Intention()
  readonly tiering = new Intention()
  #programs: Loaded<readonly Program[]>

  constructor(id: string, programs: Loaded<readonly Program[]>) {
    this.id = id
    this.#programs = programs
  }

  get program(): Program | undefined {
    return this.#programs.value?.find(({ id }) => id === this.id)
  }

  /** Its rewards, the nearest first: the order in which customers reach them. */
  get tiers(): readonly Tier[] {
    return [...(this.program?.reward_tiers ?? [])].sort((a, b) => a.points - b.points)
  }

  change(change: ProgramChange): Promise<boolean> {
    return this.#keep(this.changing.run(change, (wish) => changeProgram(this.id, wish)))
  }

  addTier(name: string, points: number): Promise<boolean> {
    return this.#keep(this.tiering.run({ program: this.id, name, points }, addTier))
  }

  changeTier(tier: string, change: { name: string; points: number }): Promise<boolean> {
    return this.#keep(
      this.tiering.run({ tier, change }, (wish) => changeTier(this.id, wish.tier, wish.change)),
    )
  }

  removeTier(tier: string): Promise<boolean> {
    return this.#keep(this.tiering.run({ tier }, (wish) => removeTier(this.id, wish.tier)))
  }

  async #keep(asked: Promise<{ program: Program } | undefined>): Promise<boolean> {
    const done = await asked
    if (!done) return false
    keepProgram(this.#programs, done.program)
    return true
  }
}

/** The list of programmes with this one in it, as the server just gave it. */
export function keepProgram(programs: Loaded<readonly Program[]>, program: Program): void {
  const others = (programs.value ?? []).filter(({ id }) => id !== program.id)
  programs.set(program.is_main ? [program, ...others] : [...others, program])
}
