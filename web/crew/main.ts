// Starts the screen, and what keeps it working with no network.
import { mount } from 'svelte'
import { keepShell } from '../live/keep-shell.ts'
import '../ui/base.css'
import Screen from './Screen.svelte'

mount(Screen, { target: document.getElementById('screen')! })

keepShell('crew')
// A phone throws away what nobody asked it to keep: queued steps must not be among it.
if (import.meta.env.PROD) void navigator.storage?.persist?.()
