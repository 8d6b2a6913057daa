import '$shared/fonts.css'
import '$shared/tokens.css'
import '$shared/base.css'
import { setTimeZone } from '$shared/format'
import { setLanguage } from '$shared/i18n/catalogue.svelte'
import { mount } from 'svelte'
import Styleguide from './Styleguide.svelte'

setLanguage('fr')
setTimeZone('Europe/Paris')
mount(Styleguide, { target: document.getElementById('app') ?? document.body })
