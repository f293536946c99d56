import type { Desk, Rotation } from "../desk/desk";
import { stretchesOf } from "./stretches";

/** How much of a turn somebody has a role, from 0 to 1. */
export interface TurnShare {
  readonly role: string;
  readonly login: string;
  readonly share: number;
}

/** Who has which role for how much of turn n: with covers, more than one person for a role. */
export function turnShares(desk: Desk, rotation: Rotation, number: number): readonly TurnShare[] {
  const stretches = stretchesOf(desk, rotation, number);
  const whole = stretches.reduce((sum, { from, to }) => sum + to - from, 0);
  const shares = new Map<string, TurnShare>();
  for (const { from, to, turn } of stretches) {
    for (const [role, login] of Object.entries(turn.holders)) {
      const key = `${role}/${login}`;
      shares.set(key, { role, login, share: (shares.get(key)?.share ?? 0) + (to - from) / whole });
    }
  }
  return [...shares.values()];
}
