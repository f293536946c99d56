/** How the figures of a report are counted, one sentence each. `docs/metrics.md` has the full definitions. */
export const method: readonly string[] = [
  "An issue belongs to the period in which it was reported, in the desk's time zone.",
  "Business time counts the hours, holidays and closures of the desk that were in force at each moment; wall-clock time counts all time.",
  "Time to acknowledge ends with the first acknowledgement that was not withdrawn, before the issue was first closed.",
  "The goal is the strictest one of kind, priority and runbooks, by the desk.yml and the priority in force at the acknowledgement. Issues that are late and still not acknowledged count as not within the goal.",
  "Time to resolve ends with the last resolution. The time in which an issue was closed before it was reopened does not count.",
  "Times at stages add up to the life of an issue, from its report to its last closing, or to now. A closed issue is in the last stage.",
  "Percentiles are interpolated linearly between the closest ranks (as PERCENTILE.INC in spreadsheets). With fewer than 11 values, the 90th percentile means little.",
  "Impact on a service is the time in which any incident had impact on it. Where incidents overlap, only the worst impact counts.",
  "Open issues are counted as open. Tests, cancelled incidents, duplicates, checklists and handoffs are left out and listed.",
];
