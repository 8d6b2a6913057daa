// Taking something out of the catalog, with the way back. No markup.
import { errorText } from '$shared/i18n/dashboard'
import { toasts } from '$shared/ui/toasts.svelte'
import { removeObject, restoreObject } from './catalogApi'

export class Removal {
  busy = $state(false)
  /** The name of an error, or ''. */
  error = $state('')
  readonly #onChanged: () => void

  constructor(onChanged: () => void) {
    this.#onChanged = onChanged
  }

  /** Says what went, and offers to bring it back as it was. */
  async remove(id: string, said: string): Promise<boolean> {
    if (this.busy) return false
    this.busy = true
    const reply = await removeObject(id)
    this.busy = false
    this.error = reply.ok ? '' : reply.error.code
    if (!reply.ok) return false
    toasts.say(said, () => void this.#bringBack(id))
    this.#onChanged()
    return true
  }

  async #bringBack(id: string): Promise<void> {
    const reply = await restoreObject(id)
    if (reply.ok) this.#onChanged()
    else toasts.say(errorText(reply.error.code))
  }
}
