import { createRequire } from 'node:module';
import { data } from 'date-holidays/data';

/**
 * The data of date-holidays with the time zones that moment-timezone needs for it, as JSON. Left out are the names of countries and
 * holidays in all languages, which are more than half of it and never shown. Each name becomes a short one of its own, because
 * holidays that fall on one day are told apart by their names.
 */
export function holidayRules() {
  const { version, zones, links } = createRequire(import.meta.url)('moment-timezone/data/packed/latest.json');
  let count = 0;
  return JSON.stringify({ holidays: data.holidays, names: data.names, timezones: { version, zones, links, countries: [] } }, (key, value) => {
    const names = (key === 'name' || key === 'names') && typeof value === 'object' && Object.values(value).every(each => typeof each === 'string');
    return names ? (count++).toString(36) : value;
  });
}
