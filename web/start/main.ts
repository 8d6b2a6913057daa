import '$shared/fonts.css'
import '$shared/tokens.css'
import '$shared/base.css'
import { languageFrom, setLanguage } from '$shared/i18n/catalogue.svelte'
import { mount } from 'svelte'
import Start from './Start.svelte'

setLanguage(languageFrom(navigator.languages))
mount(Start, { target: document.getElementById('app') ?? document.body })
