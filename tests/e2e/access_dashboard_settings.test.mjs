/*
 * Every state of the dashboard's settings, and of one's own profile, as access_dashboard.test.mjs looks at the others.
 */
import { testAccess } from '../support/walk.mjs'

testAccess('dashboard_settings')
