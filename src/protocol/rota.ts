/** What the rota is opened from: a month as `2026-11`, or without one that of today. */
export interface RotaSubject {
  readonly month?: string;
}

export const rotaActions = ["takeOver", "cover", "swap", "plan", "export", "openDesk", "createDesk", "trust"] as const;
export type RotaAction = (typeof rotaActions)[number];

export type RotaToHost =
  | { readonly kind: "turnTo"; readonly month: string }
  /** `day` is the ISO date that is chosen. */
  | { readonly kind: "act"; readonly action: RotaAction; readonly day?: string };

/** Nothing is asked with an answer: what comes of a message is seen in the next state. */
export type RotaReply = { readonly kind: "done" };

export interface RotaState {
  readonly language: string;
  readonly words: RotaWords;
  readonly banners: readonly RotaBanner[];
  readonly content: RotaContent;
}

export interface RotaBanner {
  readonly text: string;
  readonly button: RotaButton;
}

export interface RotaButton {
  readonly label: string;
  readonly icon: string;
  readonly action: RotaAction;
  readonly disabled: boolean;
}

export type RotaContent = { readonly kind: "unavailable"; readonly title: string; readonly text: string; readonly button: RotaButton } | RotaView;

/** A month of whole weeks, Monday first. */
export interface RotaView {
  readonly kind: "month";
  readonly month: string;
  readonly title: string;
  readonly before: string;
  readonly after: string;
  /** ISO date. */
  readonly today: string;
  readonly weekdays: readonly Weekday[];
  readonly days: readonly RotaDay[];
  readonly buttons: readonly RotaButton[];
  readonly loads: readonly RotaLoads[];
  readonly flaws: readonly string[];
}

export interface Weekday {
  readonly short: string;
  readonly long: string;
}

export interface RotaDay {
  /** ISO date. */
  readonly date: string;
  readonly name: string;
  readonly inMonth: boolean;
  /** Why the desk is closed, where it is: a holiday or no hours on that weekday. */
  readonly closed?: string;
  readonly holiday: boolean;
  readonly parts: readonly RotaPart[];
  readonly away: readonly string[];
  /** All of it in words. */
  readonly spoken: string;
}

export interface RotaPart {
  readonly role: string;
  /** A person's name, or the word for nobody. */
  readonly name: string;
  /** From and until when, where that is not all day, as short as can be. */
  readonly hours?: string;
  /** A number from 0 that stays with the person; absent: a gap. */
  readonly colour?: number;
  readonly mine: boolean;
}

/** How many turns of a rotation people have in a year. */
export interface RotaLoads {
  readonly title: string;
  readonly most: number;
  readonly words: string;
  readonly people: readonly RotaLoad[];
}

export interface RotaLoad {
  readonly name: string;
  readonly colour: number;
  readonly turns: number;
  /** The number as a person reads it, with that of each role. */
  readonly words: string;
}

/** Every word the page uses by itself. */
export type RotaWords = Readonly<Record<RotaWord, string>>;
export type RotaWord = (typeof rotaWordNames)[number];

/** The names of all words, so that a page can be checked to have each. */
export const rotaWordNames = ["heading", "loading", "before", "after", "today", "actions", "keys", "away", "chosen", "nothing", "flaws", "noFlaws"] as const;
