/*
 * Every state of the dashboard's programmes, as access_dashboard.test.mjs looks at the others.
 */
import { testAccess } from '../support/walk.mjs'

testAccess('dashboard_loyalty')
