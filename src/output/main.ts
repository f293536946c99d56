// The bundle dist/output.js: read by the host on first use, for the result of a command that a person attaches.
export { findSecrets } from "./findSecrets";
export { renderScreen } from "./renderScreen";
