// Writes a countdown: apart from dates, since a sign-in counts down and writes no date.

/** What is left of a countdown: `1:42`. */
export function minutesAndSeconds(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
