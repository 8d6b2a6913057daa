/*
 * Every state of the dashboard, at three widths, in both themes and with its text doubled: axe-core
 * finds nothing, nothing is wider than its screen, and no page offends its own security policy.
 */
import { testAccess } from '../support/walk.mjs'

testAccess('dashboard')
