import '$shared/fonts.css'
import '$shared/tokens.css'
import '$shared/base.css'
import './till.css'
import { languageFrom, setLanguage } from '$shared/i18n/catalogue.svelte'
import { errorText } from '$shared/i18n/till'
import { sayErrorsAs } from '$shared/i18n/errors'
import { keepAwake } from '$shared/wakeLock'
import { mount } from 'svelte'
import App from './App.svelte'

setLanguage(languageFrom(navigator.languages)) // until the shop's own is known
keepAwake()
sayErrorsAs(errorText)
mount(App, { target: document.getElementById('app') ?? document.body })
