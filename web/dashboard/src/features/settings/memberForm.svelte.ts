// Adding or changing somebody of the team.
import type { Role } from '../session/sessionApi'
import { Intention, problemOf } from '$shared/state/intention.svelte'
import { addMember, changeMember, inviteMember, type Member } from './settingsApi'

export const PASSWORD_MIN = 8

export interface TypedMember {
  name: string
  email: string
  role: string
  password: string
  /** '' when it stays. */
  pin: string
  /** None: everywhere. */
  places: string[]
}
export type MemberField = keyof TypedMember

export class MemberForm {
  readonly intention = new Intention()
  own = $state.raw<Partial<Record<MemberField, string>>>({})
  readonly #member: Member | undefined

  constructor(member: Member | undefined) {
    this.#member = member
  }

  problem(field: MemberField): string {
    return this.own[field] ?? problemOf(this.intention.error, field)
  }

  async save(typed: TypedMember): Promise<boolean> {
    if (!this.#check(typed)) return false
    const { email, password, pin, places } = typed
    const name = typed.name.trim()
    const role: Role = typed.role
    const before = this.#member
    const done = before
      ? await this.intention.run(
          {
            id: before.id,
            change: {
              name,
              role,
              location_ids: places,
              ...(password && { password }),
              ...(pin && { pin: pin.trim() }),
            },
          },
          ({ id, change }) => changeMember(id, change),
        )
      : await this.intention.run(
          { name, email: email.trim(), role, location_ids: places, ...(password && { password }) },
          addMember,
        )
    return done !== undefined
  }

  async removePin(): Promise<boolean> {
    if (!this.#member) return false
    const done = await this.intention.run(this.#member.id, (id) => changeMember(id, { pin: null }))
    return done !== undefined
  }

  async invite(): Promise<boolean> {
    if (!this.#member) return false
    return (await this.intention.run(this.#member.id, (id) => inviteMember(id))) !== undefined
  }

  async setActive(active: boolean): Promise<boolean> {
    if (!this.#member) return false
    const wish = { id: this.#member.id, active }
    const done = await this.intention.run(wish, ({ id }) => changeMember(id, { active }))
    return done !== undefined
  }

  #check({ name, email, password }: TypedMember): boolean {
    this.intention.forget()
    const isNew = this.#member === undefined
    this.own = {
      ...(name.trim() ? {} : { name: 'FIELD_REQUIRED' }),
      ...(!isNew || email.trim() ? {} : { email: 'FIELD_REQUIRED' }),
      ...(password && password.length < PASSWORD_MIN ? { password: 'PASSWORD_SHORT' } : {}),
    }
    return Object.keys(this.own).length === 0
  }
}
