/** A short sound, made by the browser itself: there is nothing to load. */

// Two tones, the second one higher.
const TONES = [660, 880];
const TONE_SECONDS = 0.14;
const VOLUME = 0.15;

let context: AudioContext | undefined;

/** Plays two soft tones. Browsers let a page make no sound before a person has done something there. */
export async function chime(): Promise<void> {
  if (navigator.userActivation?.hasBeenActive === false || !("AudioContext" in window)) {
    return;
  }
  context ??= new AudioContext();
  await context.resume();
  TONES.forEach((frequency, index) => {
    play(context as AudioContext, frequency, index * TONE_SECONDS);
  });
}

function play(context: AudioContext, frequency: number, after: number): void {
  const start = context.currentTime + after;
  const oscillator = new OscillatorNode(context, { frequency });
  const volume = new GainNode(context, { gain: 0 });
  // Without these slopes it would click.
  volume.gain.setValueAtTime(0, start);
  volume.gain.linearRampToValueAtTime(VOLUME, start + 0.01);
  volume.gain.exponentialRampToValueAtTime(0.001, start + 2 * TONE_SECONDS);
  oscillator.connect(volume).connect(context.destination);
  oscillator.start(start);
  oscillator.stop(start + 2 * TONE_SECONDS);
}
