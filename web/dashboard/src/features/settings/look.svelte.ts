// A logo that somebody chose: shown at once, sent, and said in words when it cannot be used.
import { Intention } from '$shared/state/intention.svelte'
import { putLogo, removeLogo } from './settingsApi'

export const LOGO_BYTES_MAX = 2 << 20
export const LOGO_TYPES = ['image/png', 'image/jpeg', 'image/webp'] as const

export type LogoProblem = 'FILE_TYPE' | 'BODY_TOO_LARGE'

/** What is wrong with a file, before it is sent for nothing. */
export function logoProblem(file: Pick<Blob, 'type' | 'size'>): LogoProblem | undefined {
  if (!LOGO_TYPES.some((type) => type === file.type)) return 'FILE_TYPE'
  return file.size > LOGO_BYTES_MAX ? 'BODY_TOO_LARGE' : undefined
}

export class LogoChoice {
  problem = $state('')
  readonly intention = new Intention()

  async send(file: Blob): Promise<boolean> {
    this.problem = logoProblem(file) ?? ''
    if (this.problem) return false
    const name = `${file.size} ${file.type}`
    const done = await this.intention.run({ name }, () => putLogo(file))
    this.problem = this.intention.error?.code ?? ''
    return done !== undefined
  }

  async remove(): Promise<boolean> {
    const done = await this.intention.run({}, () => removeLogo())
    this.problem = this.intention.error?.code ?? ''
    return done !== undefined
  }
}
