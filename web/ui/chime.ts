// A short sound where something large is new, for rooms that want it: two soft notes made here, no file, no library.

/** Higher for a hazard; falling where supply is back. */
const notes = { hazard: [880, 1175], opened: [659, 880], confirmed: [659, 880], restored: [784, 523] } as const
export type Tune = keyof typeof notes
const note_s = 0.22
const loudness = 0.16

/** `onState` hears whether it can sound: browsers let a page only after a press, and a page loaded anew has had none. */
export function createChime(onState: (ready: boolean) => void = () => {}) {
  let context: AudioContext | null = null
  return {
    /** Tried as the page opens, and again by every press until it sounds. */
    wake() {
      if (!context) {
        context = new AudioContext()
        context.onstatechange = () => onState(context?.state === 'running')
      }
      onState(context.state === 'running')
      if (context.state !== 'running') void context.resume()
    },
    play(tune: Tune) {
      if (!context || context.state !== 'running') return
      notes[tune].forEach((pitch, index) => {
        const begins = context!.currentTime + index * note_s
        const tone = context!.createOscillator()
        const volume = context!.createGain()
        tone.type = 'sine'
        tone.frequency.value = pitch
        volume.gain.setValueAtTime(0, begins)
        volume.gain.linearRampToValueAtTime(loudness, begins + 0.02)
        volume.gain.exponentialRampToValueAtTime(0.0001, begins + note_s * 2)
        tone.connect(volume).connect(context!.destination)
        tone.start(begins)
        tone.stop(begins + note_s * 2)
      })
    },
  }
}
