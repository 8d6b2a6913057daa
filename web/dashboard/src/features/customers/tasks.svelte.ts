// What is being done to all found: begun, watched until it is over, undone. No markup.
import { Intention } from '$shared/state/intention.svelte'
import {
  cancelTask,
  exportFound,
  readTasks,
  tagFound,
  undoTask,
  type Filter,
  type Format,
  type Task,
} from './directoryApi'

const LOOK_EVERY_MS = 1000

export class Tasks {
  /** The last one, until somebody puts it away. */
  task = $state.raw<Task>()
  readonly intention = new Intention()
  #timer: ReturnType<typeof setTimeout> | undefined

  get isRunning(): boolean {
    return this.task?.state === 'running' || this.task?.state === 'undoing'
  }

  /** What somebody else, or this page before it was read anew, has begun. */
  start(): () => void {
    void this.#look()
    return () => clearTimeout(this.#timer)
  }

  async tag(wish: Parameters<typeof tagFound>[0]): Promise<boolean> {
    return this.#take(await this.intention.run(wish, tagFound))
  }

  async export(wish: { words: string; filter: Filter; format: Format }): Promise<boolean> {
    return this.#take(await this.intention.run({ ...wish, at: Date.now() }, exportFound))
  }

  async cancel(): Promise<void> {
    if (this.task) this.#take(await this.intention.run(this.task.id, cancelTask))
  }

  async undo(): Promise<void> {
    if (this.task) this.#take(await this.intention.run(this.task.id, undoTask))
  }

  #take(done: { task: Task } | undefined): boolean {
    if (!done) return false
    this.task = done.task
    this.#again()
    return true
  }

  #again(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#look(), LOOK_EVERY_MS)
  }

  async #look(): Promise<void> {
    const reply = await readTasks()
    if (!reply.ok) return this.isRunning ? this.#again() : undefined
    const known = this.task
    const found = reply.value.find(({ id, state }) =>
      known ? id === known.id : state === 'running' || state === 'undoing',
    )
    if (found) this.task = found
    if (this.isRunning) this.#again()
  }
}
