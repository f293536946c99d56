import { distinctNames, hasName, sameName } from "../sameName";

/** Whether two logins are one person's. */
export const sameLogin = sameName;
/** Whether a login is among others. */
export const hasLogin = hasName;
/** Each person's login once, as it is spelled first. */
export const distinctLogins = distinctNames;
