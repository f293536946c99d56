import { type Check, hasFields, isCase, isFlag, isList, isNumber, isOneOf, isText, isTextMap, optional } from "./check";
import type { ReadyMessage } from "./panel";
import { rotaActions, rotaWordNames, type RotaBanner, type RotaButton, type RotaContent, type RotaDay, type RotaLoad, type RotaLoads, type RotaPart, type RotaReply, type RotaState, type RotaSubject, type RotaToHost, type RotaWords, type Weekday } from "./rota";

const isMonth: Check<string> = (value): value is string => isText(value) && /^\d{4}-(0[1-9]|1[0-2])$/.test(value);

/** Checks what a page remembers of its rota. */
export const isRotaSubject: Check<RotaSubject> = hasFields<RotaSubject>({ month: optional(isMonth) });

/** Checks what a page says. */
export const isRotaToHost: Check<RotaToHost | ReadyMessage> = isCase<RotaToHost | ReadyMessage>({
  ready: {},
  turnTo: { month: isMonth },
  act: { action: isOneOf(...rotaActions), day: optional(isText) },
});

/** Checks the answer to a message. */
export const isRotaReply: Check<RotaReply> = isCase<RotaReply>({ done: {} });

const isButton = hasFields<RotaButton>({ label: isText, icon: isText, action: isOneOf(...rotaActions), disabled: isFlag });
const isPart = hasFields<RotaPart>({ role: isText, name: isText, hours: optional(isText), colour: optional(isNumber), mine: isFlag });
const isDay = hasFields<RotaDay>({
  date: isText, name: isText, inMonth: isFlag, closed: optional(isText), holiday: isFlag, parts: isList(isPart), away: isList(isText), spoken: isText,
});
const isLoads = hasFields<RotaLoads>({
  title: isText, most: isNumber, words: isText,
  people: isList(hasFields<RotaLoad>({ name: isText, colour: isNumber, turns: isNumber, words: isText })),
});
const isWords: Check<RotaWords> = (value): value is RotaWords => isTextMap(value) && rotaWordNames.every((name) => Object.hasOwn(value, name));

/** Checks what a page is to show. */
export const isRotaState: Check<RotaState> = hasFields<RotaState>({
  language: isText,
  words: isWords,
  banners: isList(hasFields<RotaBanner>({ text: isText, button: isButton })),
  content: isCase<RotaContent>({
    unavailable: { title: isText, text: isText, button: isButton },
    month: {
      month: isText, title: isText, before: isText, after: isText, today: isText,
      weekdays: isList(hasFields<Weekday>({ short: isText, long: isText })),
      days: isList(isDay), buttons: isList(isButton), loads: isList(isLoads), flaws: isList(isText),
    },
  }),
});
