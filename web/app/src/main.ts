import '$shared/fonts.css'
import '$shared/tokens.css'
import '$shared/base.css'
import './app.css'
import { mount } from 'svelte'
import App from './App.svelte'

mount(App, { target: document.getElementById('app') ?? document.body })
