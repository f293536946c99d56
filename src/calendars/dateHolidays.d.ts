// The parser's `exports` hide its types, and date-holidays has none of its data. Declared is what is used.
declare module "date-holidays/data" {
  export const data: { readonly holidays: object; readonly names: object };
}

declare module "date-holidays-parser" {
  export default class Holidays {
    constructor(data: object, country?: string, state?: string);
    /** Names of countries by their codes. */
    getCountries(): Readonly<Record<string, string>>;
    getStates(country: string): Readonly<Record<string, string>> | undefined;
    /** `date` is as the clocks there show it. */
    getHolidays(year: number): readonly { readonly date: string; readonly start: Date; readonly end: Date; readonly type: string }[];
  }
}
