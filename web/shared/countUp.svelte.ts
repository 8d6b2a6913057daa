// A number that runs up to its value, for the moment when points land.

const RUN_MS = 700

function motionIsUnwanted(): boolean {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches
}

export class CountUp {
  shown = $state(0)
  #frame = 0

  /** Fast at first, slow at the end; at once where motion is unwanted. */
  run(from: number, to: number): () => void {
    const start_ms = performance.now()
    const step = (now_ms: number): void => {
      const part = motionIsUnwanted() ? 1 : Math.min(1, Math.max(0, now_ms - start_ms) / RUN_MS)
      this.shown = Math.round(from + (to - from) * (1 - (1 - part) ** 3))
      if (part < 1) this.#frame = requestAnimationFrame(step)
    }
    step(start_ms)
    return () => cancelAnimationFrame(this.#frame)
  }
}
