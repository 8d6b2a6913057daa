// Days where the shop is.
import { desk } from '../../desk.svelte'
import { dayIn } from '../home/home.svelte'

/** `2026-11-22`. */
export function today(): string {
  return dayIn(desk.merchant.time_zone, new Date())
}
