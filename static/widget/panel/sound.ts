// Two soft notes when a reply comes, made here: no file to fetch, nothing the page's policy must allow.
import { cell } from './cell.ts';
import { keep } from './host.ts';
import { isOpen } from './state.ts';
import { stored } from './storage.ts';

export const isMuted = cell(stored.kept.muted ?? false);

let audio: AudioContext | undefined;

export function setMuted(muted: boolean): void {
  isMuted.value = muted;
  keep({ muted });
  if (!muted) chime(true);
}

/** Sound, unless muted or somebody is looking at the message anyway. */
export function chime(always = false): void {
  if (isMuted.value || (!always && isOpen.value && document.hasFocus())) return;
  try {
    audio ??= new AudioContext();
  } catch {
    return;
  }
  // Browsers stay silent on pages that were never touched; waiting for a touch would sound out of place.
  if (audio.state === 'suspended') void audio.resume();
  const { currentTime, destination } = audio;
  for (const [pitch, pause] of [[660, 0], [880, 0.12]] as const) {
    const at = currentTime + pause;
    const tone = new OscillatorNode(audio, { frequency: pitch });
    const level = new GainNode(audio, { gain: 0 });
    level.gain.linearRampToValueAtTime(0.09, at + 0.015);
    level.gain.exponentialRampToValueAtTime(0.0005, at + 0.35);
    tone.connect(level).connect(destination);
    tone.start(at);
    tone.stop(at + 0.4);
  }
}
