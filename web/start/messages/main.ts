import '$shared/fonts.css'
import '$shared/tokens.css'
import '$shared/base.css'
import { languageFrom, setLanguage } from '$shared/i18n/catalogue.svelte'
import { mount } from 'svelte'
import Messages from './Messages.svelte'

setLanguage(languageFrom(navigator.languages))
mount(Messages, { target: document.getElementById('app') ?? document.body })
