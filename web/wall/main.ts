// Starts the screen.
import { mount } from 'svelte'
import '../ui/base.css'
import Screen from './Screen.svelte'

// The map's code comes while the picture does.
void import('../map/grid-map.ts')

mount(Screen, { target: document.getElementById('screen')! })
