// The design language on one page, in development only: it is no entry of the build.
import { mount } from 'svelte'
import '../ui/base.css'
import Screen from './Screen.svelte'

mount(Screen, { target: document.getElementById('screen')! })
