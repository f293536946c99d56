import type { RotaAction } from "../../protocol/rota";

/** What the page knows by itself. */
export interface Ui {
  /** The ISO date that is chosen; absent: today, or the first day of another month. */
  readonly chosen?: string;
}

/** What a person can do. */
export interface Hands {
  readonly act: (action: RotaAction) => void;
  readonly turnTo: (month: string) => void;
  readonly choose: (date: string) => void;
  readonly today: () => void;
}
