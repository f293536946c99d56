/** Milliseconds of CPU time that this process has used. Unlike time on a clock, it does not depend on what else the machine does. */
export function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
