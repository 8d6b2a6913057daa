import '$shared/fonts.css'
import '$shared/tokens.css'
import '$shared/base.css'
import './tablet.css'
import { languageFrom, setLanguage } from '$shared/i18n/catalogue.svelte'
import { keepAwake } from '$shared/wakeLock'
import { mount } from 'svelte'
import App from './App.svelte'
import { closeKiosk } from './kiosk'

setLanguage(languageFrom(navigator.languages)) // until the shop's own is known
keepAwake()
closeKiosk()
mount(App, { target: document.getElementById('app') ?? document.body })
