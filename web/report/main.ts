// Starts the screen.
import { mount } from 'svelte'
import '../ui/base.css'
import Screen from './Screen.svelte'

mount(Screen, { target: document.getElementById('screen')! })
