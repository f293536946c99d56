// The bundle dist/calendars.js: read by the host on first use, for a desk that names calendars.
export { readClosings } from "./readClosings";
