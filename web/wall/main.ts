// Starts the screen, and what lets it open with no network.
import { mount } from 'svelte'
import { keepShell } from '../live/keep-shell.ts'
import '../ui/base.css'
import Screen from './Screen.svelte'

// The map's code comes while the picture does.
void import('../map/grid-map.ts')
void import('../map/staff-layers.ts')
void import('../map/layers/crews.ts')
void import('../map/layers/planned.ts')

mount(Screen, { target: document.getElementById('screen')! })

/** Once the map stands: what is kept is for a night without a network, and in no hurry. */
const settled_ms = 10_000
setTimeout(() => keepShell('wall'), settled_ms)
