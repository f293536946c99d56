// The package's `exports` hide the types of its parser, and its data has none. Only the parts in use are declared.
declare module "date-holidays/data" {
  export const data: { readonly holidays: object; readonly names: object };
}

declare module "date-holidays-parser" {
  export default class Holidays {
    constructor(data: object, country?: string, state?: string);
    /** Country names by code. */
    getCountries(): Readonly<Record<string, string>>;
    getStates(country: string): Readonly<Record<string, string>> | undefined;
    /** `date` is in local time of the country. */
    getHolidays(year: number): readonly { readonly date: string; readonly start: Date; readonly end: Date; readonly type: string }[];
  }
}
