import { data } from 'date-holidays/data';

/**
 * The data of date-holidays without the names of countries and holidays in all languages, which are more than half of it and never
 * shown. Each name becomes a short one of its own, because holidays that fall on one day are told apart by their names.
 */
export function holidayRules() {
  let count = 0;
  return JSON.stringify({ holidays: data.holidays, names: data.names }, (key, value) => {
    const names = (key === 'name' || key === 'names') && typeof value === 'object' && Object.values(value).every(each => typeof each === 'string');
    return names ? (count++).toString(36) : value;
  });
}
