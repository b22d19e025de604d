// Two rising tones for paid, two falling ones for anything else; a tap of vibration where there is one.

let context;

/** Browsers let a page sound only after it was touched: to be called in a click. */
export function unlock() {
  context ??= new AudioContext();
  context.resume();
}

function tone(frequency, start, seconds) {
  const [oscillator, gain] = [context.createOscillator(), context.createGain()];
  const begin = context.currentTime + start;
  oscillator.frequency.value = frequency;
  gain.gain.setValueAtTime(0, begin);
  gain.gain.linearRampToValueAtTime(0.4, begin + 0.01);
  gain.gain.exponentialRampToValueAtTime(0.001, begin + seconds);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(begin);
  oscillator.stop(begin + seconds);
}

export function play(good) {
  try {
    unlock();
    const [first, second] = good ? [880, 1319] : [330, 220];
    tone(first, 0, 0.18);
    tone(second, 0.17, 0.35);
    if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(good ? [80, 60, 160] : [300]);
  } catch {
    // Colour, sign and words say it all the same.
  }
}
