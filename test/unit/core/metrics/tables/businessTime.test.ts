import { testTables } from "./testTables";

testTables("business time", {
  "a lunch break and a night do not count": `
    2026-11-16 11:30 reported
    2026-11-16 13:15 acknowledged
    2026-11-17 10:00 closed
    = time to acknowledge: 45m / 1h 45m
    = time to resolve: 5h 30m / 22h 30m
    = goal: 2h 00m, met`,
  "a weekend and a holiday do not count": `
    desk.yml: holidays: [2026-11-16]
    2026-11-13 16:00 reported
    2026-11-17 09:30 acknowledged
    = time to acknowledge: 1h 30m / 89h 30m`,
  "a shorter day counts as it is": `
    desk.yml: exceptions: { 2026-11-16: ["09:00-10:00"] }
    2026-11-16 09:00 reported
    2026-11-17 09:30 acknowledged
    = time to acknowledge: 1h 30m / 24h 30m`,
  "the night in which the clocks go forward is an hour shorter": `
    desk.yml: timezone: Europe/Berlin
    desk.yml: hours: { Sat: ["20:00-24:00"], Sun: ["00:00-08:00"] }
    2026-03-28 23:00 reported
    2026-03-29 04:00 acknowledged
    = time to acknowledge: 4h 00m / 4h 00m`,
  "the night in which the clocks go back is an hour longer": `
    desk.yml: timezone: Europe/Berlin
    desk.yml: hours: { Sat: ["20:00-24:00"], Sun: ["00:00-08:00"] }
    2026-10-24 23:00 reported
    2026-10-25 04:00 acknowledged
    = time to acknowledge: 6h 00m / 6h 00m`,
  "business hours keep their local times when the clocks change over a weekend": `
    desk.yml: timezone: America/New_York
    2026-03-06 16:00 reported
    2026-03-09 10:00 acknowledged
    = time to acknowledge: 2h 00m / 65h 00m`,
  "a ticket under two schedules is the sum of its parts": `
    desk.yml: hours: { Mon-Fri: ["09:00-17:00"] }
    2026-11-16 15:00 reported
    2026-11-17 00:00 desk.yml: hours: { Mon-Fri: ["06:00-22:00"] }
    2026-11-17 10:00 acknowledged
    = time to acknowledge: 6h 00m / 19h 00m`,
  "a schedule that changes within a day counts up to that minute": `
    desk.yml: hours: { Mon-Fri: ["09:00-17:00"] }
    2026-11-16 09:00 reported
    2026-11-16 11:00 desk.yml: hours: { Mon-Fri: ["13:00-15:00"] }
    2026-11-16 14:00 acknowledged
    = time to acknowledge: 3h 00m / 5h 00m`,
  "hours that begin in the hour that the clock skips begin when it skips it": `
    desk.yml: timezone: Europe/Berlin
    desk.yml: hours: { Sun: ["02:30-05:00"] }
    A 2026-03-29 00:00 reported
    A 2026-03-29 12:00 acknowledged
    B 2026-10-25 00:00 reported
    B 2026-10-25 12:00 acknowledged
    = A time to acknowledge: 2h 00m / 11h 00m
    = B time to acknowledge: 3h 30m / 13h 00m`,
  "hours that end in an hour that happens twice end the first time": `
    desk.yml: timezone: Europe/Berlin
    desk.yml: hours: { Sun: ["00:00-02:30"] }
    2026-10-25 00:00 reported
    2026-10-25 12:00 acknowledged
    = time to acknowledge: 2h 30m / 13h 00m`,
  "a clock change of half an hour is half an hour": `
    desk.yml: timezone: Australia/Lord_Howe
    desk.yml: hours: { Mon-Sun: ["00:00-24:00"] }
    A 2026-04-04 12:00 reported
    A 2026-04-05 12:00 acknowledged
    B 2026-10-03 12:00 reported
    B 2026-10-04 12:00 acknowledged
    C 2026-10-04 00:00 reported
    C 2026-10-05 00:00 acknowledged
    = A time to acknowledge: 24h 30m / 24h 30m
    = B time to acknowledge: 23h 30m / 23h 30m
    = C time to acknowledge: 23h 30m / 23h 30m`,
  "hours until midnight end at the end of a day of 25 hours": `
    desk.yml: timezone: Europe/Berlin
    desk.yml: hours: { Sun: ["00:00-24:00"] }
    2026-10-24 12:00 reported
    2026-10-26 12:00 acknowledged
    = time to acknowledge: 25h 00m / 49h 00m`,
});
