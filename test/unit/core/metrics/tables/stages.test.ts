import { testTables } from "./testTables";

testTables("stages", {
  "stages add up, and a closed issue is in the last one": `
    2026-11-16 09:00 reported
    2026-11-16 10:00 + stage: In progress
    2026-11-16 14:00 - stage: In progress
    2026-11-16 14:00 closed
    2026-11-17 09:00 reopened
    2026-11-17 10:30 closed
    = stage To do: 2h 30m / 2h 30m
    = stage In progress: 3h 00m / 4h 00m
    = stage Done: 3h 00m / 19h 00m
    = time to resolve: 5h 30m / 6h 30m`,
  "a stage label that is replaced in any order is one move": `
    2026-11-16 09:00:00 reported
    2026-11-16 10:00:00 + stage: In progress
    2026-11-16 11:00:00 - stage: In progress
    2026-11-16 11:00:50 + stage: Done
    2026-11-16 12:00:00 closed
    = stage To do: 1h 00m / 1h 00m
    = stage In progress: 1h 01m / 1h 01m
    = stage Done: 59m / 59m`,
  "a label that was added twice counts from the first time": `
    2026-11-16 09:00 reported
    2026-11-16 10:00 + stage: In progress
    2026-11-16 11:00 + stage: In progress
    2026-11-16 12:00 closed
    = stage To do: 1h 00m / 1h 00m
    = stage In progress: 2h 00m / 2h 00m`,
  "the stage that was added last counts": `
    2026-11-16 09:00 reported
    2026-11-16 10:00 + stage: In progress
    2026-11-16 10:30 + stage: To do
    2026-11-16 11:00 - stage: To do
    2026-11-16 12:00 closed
    = stage To do: 1h 30m / 1h 30m
    = stage In progress: 1h 30m / 1h 30m`,
  "a stage that was renamed keeps its name of then": `
    desk.yml: stages: [To do, Doing, Done]
    2026-11-16 09:00 reported
    2026-11-16 10:00 + stage: Doing
    2026-11-16 11:00 desk.yml: stages: [To do, In progress, Done]
    2026-11-16 11:00 + stage: In progress
    2026-11-16 11:00 - stage: Doing
    2026-11-16 12:00 closed
    = stage Doing: 1h 00m / 1h 00m
    = stage In progress: 1h 00m / 1h 00m
    = remarks: none`,
  "a stage that no desk.yml knows is listed under its own name": `
    2026-11-16 09:00 reported with incident, stage: Parked
    2026-11-16 10:00 closed
    = stage Parked: 1h 00m / 1h 00m
    = remarks: unknownStage`,
  "a project board's moves count without stage labels": `
    2026-11-16 09:00 reported
    2026-11-16 09:30 board In progress
    2026-11-16 11:00 board
    2026-11-16 11:30 board Done
    2026-11-16 12:00 closed
    = stage To do: 1h 00m / 1h 00m
    = stage In progress: 1h 30m / 1h 30m
    = stage Done: 30m / 30m
    = remarks: none`,
  "a project board counts until the first stage label, and labels from then on": `
    2026-11-16 09:00 reported
    2026-11-16 09:30 board In progress
    2026-11-16 10:00 + stage: Waiting
    2026-11-16 10:30 board Done
    2026-11-16 11:00 - stage: Waiting
    2026-11-16 12:00 closed
    = stage To do: 1h 30m / 1h 30m
    = stage In progress: 30m / 30m
    = stage Waiting: 1h 00m / 1h 00m
    = remarks: unknownStage`,
  "labels that were there from the beginning count instead of a project board": `
    2026-11-16 09:00 reported with incident, stage: In progress
    2026-11-16 09:30 board Done
    2026-11-16 12:00 closed
    = stage In progress: 3h 00m / 3h 00m
    = stage Done: not known`,
  "what the first known move on a board came from counts from the beginning": `
    2026-11-16 09:00 reported
    2026-11-16 10:00 board Done from In progress
    2026-11-16 12:00 closed
    = stage In progress: 1h 00m / 1h 00m
    = stage Done: 2h 00m / 2h 00m
    = remarks: none`,
  "moves on a board in the same second follow each other": `
    2026-11-16 09:00 reported
    2026-11-16 10:00 board In progress from To do
    2026-11-16 10:00 board To do from Done
    2026-11-16 10:00 board Done
    2026-11-16 12:00 closed
    = stage To do: 1h 00m / 1h 00m
    = stage In progress: 2h 00m / 2h 00m
    = remarks: none`,
  "a move on a board that is reported twice counts once": `
    2026-11-16 09:00 reported
    2026-11-16 10:00 board In progress from To do
    2026-11-16 10:00 board In progress from To do
    2026-11-16 11:00 board Done from In progress
    2026-11-16 12:00 closed
    = stage To do: 1h 00m / 1h 00m
    = stage In progress: 1h 00m / 1h 00m
    = stage Done: 1h 00m / 1h 00m
    = remarks: none`,
  "a move that is missing on a board is a remark": `
    2026-11-16 09:00 reported
    2026-11-16 10:00 board In progress from To do
    2026-11-16 11:00 board In progress from Done
    2026-11-16 12:00 closed
    = stage To do: 1h 00m / 1h 00m
    = stage In progress: 2h 00m / 2h 00m
    = remarks: missingEvents`,
  "a stage label that was renamed on the server is one label, with the name of the desk in force": `
    desk.yml: stages: [To do, In progress, Done]
    2026-11-16 09:00 reported
    2026-11-16 10:00 + stage: In progress
    2026-11-16 11:00 desk.yml: stages: [To do, Doing, Done]
    2026-11-16 11:00 renamed stage: In progress to stage: Doing
    2026-11-16 12:00 closed
    = stage To do: 1h 00m / 1h 00m
    = stage In progress: 1h 00m / 1h 00m
    = stage Doing: 1h 00m / 1h 00m
    = remarks: renamedLabel`,
  "a label that was renamed on the server and removed later is one label": `
    2026-11-16 09:00 reported
    2026-11-16 10:00 + stage: Ongoing
    2026-11-16 11:00 renamed stage: Ongoing to stage: In progress
    2026-11-16 12:00 - stage: In progress
    2026-11-16 14:00 closed
    = stage To do: 2h 00m / 3h 00m
    = stage In progress: 2h 00m / 2h 00m
    = stage Ongoing: not known
    = remarks: renamedLabel`,
  "a stage that somebody changed without an event is not a renamed one": `
    2026-11-16 09:00 reported
    2026-11-16 10:00 + stage: In progress
    2026-11-16 11:00 renamed stage: In progress to stage: Done
    2026-11-16 12:00 closed
    = stage Done: 1h 00m / 1h 00m
    = stage In progress: 2h 00m / 2h 00m
    = remarks: missingEvents`,
  "a label that is added in the future was not there from the beginning": `
    2026-11-16 09:00 reported
    2026-11-16 12:00 + stage: In progress
    2026-11-16 11:00 now
    = stage To do: 2h 00m / 2h 00m
    = stage In progress: not known
    = remarks: future`,
  "a stage label that is replaced after more than a minute leaves the first stage in between": `
    2026-11-16 09:00:00 reported with incident, stage: In progress
    2026-11-16 11:00:00 - stage: In progress
    2026-11-16 11:01:01 + stage: Done
    2026-11-16 12:00:00 closed
    = stage In progress: 2h 00m / 2h 00m
    = stage To do: 1m / 1m
    = stage Done: 59m / 59m`,
  "a label that could be one of several renamed ones is not joined": `
    desk.yml: stages: [To do, Doing, Done]
    2026-11-16 09:00 reported with incident, stage: A, stage: B
    2026-11-16 10:00 + stage: Ongoing
    2026-11-16 11:00 renamed stage: Ongoing to stage: B
    2026-11-16 12:00 closed
    = stage B: 1h 00m / 1h 00m
    = stage Ongoing: 2h 00m / 2h 00m
    = remarks: missingEvents, unknownStage`,
});
