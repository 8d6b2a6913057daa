import '$shared/fonts.css'
import '$shared/tokens.css'
import '$shared/base.css'
import { languageFrom, setLanguage } from '$shared/i18n/catalogue.svelte'
import { errorText } from '$shared/i18n/dashboard'
import { sayErrorsAs } from '$shared/i18n/errors'
import { mount } from 'svelte'
import App from './App.svelte'

setLanguage(languageFrom(navigator.languages))
sayErrorsAs(errorText)
mount(App, { target: document.getElementById('app') ?? document.body })
